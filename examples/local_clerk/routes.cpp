#include "local_clerk/routes.hpp"

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include <nlohmann/json.hpp>

#include <liveblocks/adapters/cpp_httplib.hpp>

#include "common/content_security_policy.hpp"
#include "common/requests.hpp"

namespace local_clerk {
namespace {

namespace testing = liveblocks::testing;
using httplib::Request;
using httplib::Response;
using nlohmann::json;
using Handled = httplib::Server::HandlerResponse;

// The paths of cpp-httplib's own routes are regular expressions, see common/router.hpp.
constexpr std::size_t maxPath = 256;

std::string pagePolicy() {
  return examples::contentSecurityPolicy(
      {{"worker-src", {"blob:"}}, {"connect-src", {"'self'"}}, {"style-src", {"'self'"}}, {"img-src", {"'self'"}}});
}

bool isBelow(std::string_view path, std::string_view prefix) {
  return path.substr(0, prefix.size()) == prefix && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

bool requestsPage(const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return false;
  if (request.has_header("Sec-Fetch-Dest")) return request.get_header_value("Sec-Fetch-Dest") == "document";
  return request.get_header_value("Accept").rfind("text/html", 0) == 0;
}

void sendJson(Response& response, const json& body) {
  response.set_header("Cache-Control", "no-store");
  response.set_content(body.dump(), "application/json");
}

constexpr std::chrono::seconds longestBody{5};

/// Returns the unchanged body. Responds with 411, 413, 415 or 408 and returns nullopt if it has no length, is larger
/// than `limit`, is encoded, or is not complete within 5 s.
std::optional<std::string> readBody(const httplib::Request& request, httplib::Response& response,
                                    const httplib::ContentReader& read, std::size_t limit) {
  const auto refuse = [&](int status, const char* error) {
    examples::respondError(response, status, error);
    return std::nullopt;
  };
  // cpp-httplib stores the extensions of a chunked body without limit.
  if (request.has_header("Transfer-Encoding")) return refuse(411, "the body needs a length");
  if (request.is_multipart_form_data() || request.has_header("Content-Encoding")) {
    return refuse(415, "the body must be plain");
  }
  const auto deadline = std::chrono::steady_clock::now() + longestBody;
  std::string body;
  bool tooLarge = false;
  const bool isComplete = read([&](const char* bytes, std::size_t size) {
    tooLarge = size > limit - body.size();
    if (!tooLarge) body.append(bytes, size);
    return !tooLarge && std::chrono::steady_clock::now() < deadline;
  });
  if (tooLarge) return refuse(413, "the body is too large");
  if (!isComplete) return refuse(408, "the body is incomplete or took too long");
  return body;
}

void redirect(Response& response, const std::string& url) {
  response.set_header("Cache-Control", "no-store");
  response.set_redirect(url, 307);
}

void callFrontendApi(testing::FakeFrontendApi& frontendApi, const Request& request, Response& response,
                     std::string_view body) {
  const auto result = frontendApi.handle(liveblocks::adapters::requestView(request, body));
  liveblocks::adapters::setResponse(request, response, result);
}

/// Replaces the policy of the application; otherwise both would apply.
void sendPageFile(const examples::StaticFile& file, Response& response) {
  response.headers.erase("Content-Security-Policy");
  response.set_header("Content-Security-Policy", pagePolicy());
  examples::sendFile(file, response);
}

void sendTicket(LocalClerk& clerk, const std::string& userId, const Request& request, Response& response) {
  if (!examples::isFromThisSite(request)) return examples::respondError(response, 403, "forbidden");
  sendJson(response, {{"ticket", clerk.frontendApi().createTicket(userId)}});
}

std::string organizationsOf(const testing::FakeUser& person) {
  std::string text;
  for (const testing::FakeMembership& membership : person.memberships) {
    if (!text.empty()) text += " · ";
    text += membership.name + (membership.role == "org:admin" ? " (administrator)" : "");
  }
  return text;
}

/// Sends the data of the page: how to load Clerk's browser SDK, and who can sign in.
void sendPeople(const LocalClerk& clerk, Response& response) {
  json people = json::array();
  for (const testing::FakeUser& person : clerk.people()) {
    people.push_back({{"id", person.id},
                      {"name", person.firstName + " " + person.lastName},
                      {"avatar", person.imageUrl},
                      {"organizations", organizationsOf(person)}});
  }
  const examples::ClerkConfig config = clerk.config();
  sendJson(response,
           {{"clerk", {{"publishableKey", config.options.publishableKey}, {"proxyUrl", config.options.proxyUrl}}},
            {"people", people}});
}

}  // namespace

Routes::Routes(httplib::Server& server, LocalClerk& clerk)
    : clerk_(clerk), files_(examples::readStaticFiles(EXAMPLE_PAGE)) {
  if (files_.empty()) throw std::runtime_error("the sign-in page was not built, because npm was missing");
  server.Post(std::string(LocalClerk::frontendPath) + "[^]*",
              [&clerk](const Request& request, Response& response, const httplib::ContentReader& read) {
                const auto body = readBody(request, response, read, testing::FakeFrontendApi::maxBodyBytes);
                if (body) callFrontendApi(clerk.frontendApi(), request, response, *body);
              });
  addPage();
  addPeople();
}

void Routes::addPage() {
  const std::string front(LocalClerk::signInPath);
  for (const auto& [path, file] : files_) {
    page_.get(path == "/" ? front : front + path,
              [&page = file](const Request&, Response& response) { sendPageFile(page, response); });
  }
}

void Routes::addPeople() {
  const std::string front(LocalClerk::signInPath);
  for (const testing::FakeUser& person : clerk_.people()) {
    page_.post(front + "/tickets/" + person.id, [this, &person](const Request& request, Response& response) {
      sendTicket(clerk_, person.id, request, response);
    });
  }
  page_.get(front + "/people", [this](const Request&, Response& response) { sendPeople(clerk_, response); });
}

std::optional<Handled> Routes::handle(const Request& request, Response& response) const {
  if (!examples::namesLoopback(request)) {
    examples::respondError(response, 421, "misdirected request");
    return Handled::Handled;
  }
  const bool isFrontend = isBelow(request.path, LocalClerk::frontendPath);
  const bool isPage = isBelow(request.path, LocalClerk::signInPath);
  const bool isAstray = requestsPage(request) && "http://" + request.get_header_value("Host") != clerk_.publicOrigin();
  if (!isFrontend && !isPage && !isAstray) return std::nullopt;

  const bool hasForm = isFrontend && request.method == "POST";
  if (examples::refuseUnread(request, response, hasForm)) return Handled::Handled;
  if (isAstray) {
    redirect(response, clerk_.publicOrigin() + request.target);
  } else if (isPage) {
    page_.handle(request, response);
  } else if (!hasForm) {
    callFrontendApi(clerk_.frontendApi(), request, response, {});
  } else if (request.path.size() > maxPath) {
    examples::respondError(response, 414, "the path is too long");
  } else {
    return Handled::Unhandled;
  }
  return Handled::Handled;
}

}  // namespace local_clerk
