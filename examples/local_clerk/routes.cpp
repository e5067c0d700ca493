#include "local_clerk/routes.hpp"

#include <cstddef>
#include <stdexcept>
#include <string_view>

#include <nlohmann/json.hpp>

#include <liveblocks/adapters/cpp_httplib.hpp>

#include "common/bodies.hpp"
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

bool asksForPage(const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return false;
  if (request.has_header("Sec-Fetch-Dest")) return request.get_header_value("Sec-Fetch-Dest") == "document";
  return request.get_header_value("Accept").rfind("text/html", 0) == 0;
}

void answerJson(Response& response, const json& body) {
  response.set_header("Cache-Control", "no-store");
  response.set_content(body.dump(), "application/json");
}

void redirect(Response& response, const std::string& url) {
  response.set_header("Cache-Control", "no-store");
  response.set_redirect(url, 307);
}

void answerFrontend(testing::FakeFrontendApi& frontendApi, const Request& request, Response& response,
                    std::string_view body) {
  const auto answer = frontendApi.handle(liveblocks::adapters::requestView(request, body));
  liveblocks::adapters::setResponse(request, response, answer);
}

/// In the place of the application's own policy: two of them would both be kept.
void answerPart(const examples::StaticFile& file, Response& response) {
  response.headers.erase("Content-Security-Policy");
  response.set_header("Content-Security-Policy", pagePolicy());
  examples::answerFile(file, response);
}

void answerTicket(LocalClerk& clerk, const std::string& userId, const Request& request, Response& response) {
  if (!examples::isFromThisSite(request)) return examples::answerUnread(response, 403, "forbidden");
  answerJson(response, {{"ticket", clerk.frontendApi().createTicket(userId)}});
}

std::string organizationsOf(const testing::FakeUser& person) {
  std::string text;
  for (const testing::FakeMembership& membership : person.memberships) {
    if (!text.empty()) text += " · ";
    text += membership.name + (membership.role == "org:admin" ? " (administrator)" : "");
  }
  return text;
}

/// What the page needs: how to load Clerk's browser SDK, and whom to offer.
void answerPeople(const LocalClerk& clerk, Response& response) {
  json people = json::array();
  for (const testing::FakeUser& person : clerk.people()) {
    people.push_back({{"id", person.id},
                      {"name", person.firstName + " " + person.lastName},
                      {"avatar", person.imageUrl},
                      {"organizations", organizationsOf(person)}});
  }
  const examples::ClerkConfig config = clerk.config();
  answerJson(response,
             {{"clerk", {{"publishableKey", config.options.publishableKey}, {"proxyUrl", config.options.proxyUrl}}},
              {"people", people}});
}

}  // namespace

Routes::Routes(httplib::Server& server, LocalClerk& clerk)
    : clerk_(clerk), files_(examples::readStaticFiles(EXAMPLE_PAGE)) {
  if (files_.empty()) throw std::runtime_error("the sign-in page was not built: that takes npm");
  server.Post(std::string(LocalClerk::frontendPath) + "[^]*",
              [&clerk](const Request& request, Response& response, const httplib::ContentReader& read) {
                const auto body = examples::readBody(request, response, read, testing::FakeFrontendApi::maxBodyBytes);
                if (body) answerFrontend(clerk.frontendApi(), request, response, *body);
              });
  addPage();
  addPeople();
}

void Routes::addPage() {
  const std::string front(LocalClerk::signInPath);
  for (const auto& [path, file] : files_) {
    page_.get(path == "/" ? front : front + path,
              [&file = file](const Request&, Response& response) { answerPart(file, response); });
  }
}

void Routes::addPeople() {
  const std::string front(LocalClerk::signInPath);
  for (const testing::FakeUser& person : clerk_.people()) {
    page_.post(front + "/tickets/" + person.id, [this, &person](const Request& request, Response& response) {
      answerTicket(clerk_, person.id, request, response);
    });
  }
  page_.get(front + "/people", [this](const Request&, Response& response) { answerPeople(clerk_, response); });
}

std::optional<Handled> Routes::answer(const Request& request, Response& response) const {
  if (!examples::namesLoopback(request)) {
    examples::answerUnread(response, 421, "misdirected request");
    return Handled::Handled;
  }
  const bool isFrontend = isBelow(request.path, LocalClerk::frontendPath);
  const bool isPage = isBelow(request.path, LocalClerk::signInPath);
  const bool isAstray = asksForPage(request) && "http://" + request.get_header_value("Host") != clerk_.publicOrigin();
  if (!isFrontend && !isPage && !isAstray) return std::nullopt;

  const bool hasForm = isFrontend && request.method == "POST";
  if (examples::refuseUnread(request, response, hasForm)) return Handled::Handled;
  if (isAstray) {
    redirect(response, clerk_.publicOrigin() + request.target);
  } else if (isPage) {
    page_.answer(request, response);
  } else if (!hasForm) {
    answerFrontend(clerk_.frontendApi(), request, response, {});
  } else if (request.path.size() > maxPath) {
    examples::answerUnread(response, 414, "the path is too long");
  } else {
    return Handled::Unhandled;
  }
  return Handled::Handled;
}

}  // namespace local_clerk
