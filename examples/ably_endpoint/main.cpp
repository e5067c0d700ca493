/// The `authUrl` of an Ably client whose users sign in with Clerk.
#include <pthread.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

namespace {

namespace ably = liveblocks::ably;
namespace adapters = liveblocks::adapters;
namespace clerk = liveblocks::clerk;
namespace testing = liveblocks::testing;
using httplib::Request;
using httplib::Response;
using liveblocks::Json;

/// Not a key of Ably: a fake of Ably may check its signatures.
constexpr const char* demoKey = "demoApp.demoKey:not-a-secret";

// Ably's error codes (https://ably.com/docs/platform/errors/codes).
constexpr int badRequest = 40000;
constexpr int forbidden = 40300;
constexpr int notFound = 40400;
constexpr int internalError = 50000;

/// The fake Clerk of the demo, which gives a session to anybody.
struct Demo {
  std::shared_ptr<testing::FakeClerk> clerk;
  std::string origin;
};

/// Everything that the endpoint needs. Immutable when the server runs.
struct Endpoint {
  clerk::RouteGuard guard;
  clerk::Users users;
  ably::TokenRequestSigner signer;
  /// Null unless this is the demo.
  const Demo* demo = nullptr;
};

/// Responds in the form of Ably's errors. Ably's client retries after any status except 403, which ends its connection.
void refuse(Response& response, int status, int code, const std::string& message) {
  const Json error = Json::object({{"code", code}, {"statusCode", status}, {"message", message}});
  response.status = status;
  response.set_content(Json::object({{"error", error}}).text(), "application/json");
}

/// Everybody may use the chats and read their own inbox.
liveblocks::Result<ably::Capability> capabilityOf(const clerk::User& user) {
  const auto inbox = ably::channelName("inbox", user.id);
  if (!inbox) return inbox.error();
  return ably::Capability::of(
      {{"chat:*", {ably::Operation::publish, ably::Operation::subscribe, ably::Operation::presence}},
       {*inbox, {ably::Operation::subscribe}}});
}

/// A session may exist for up to a minute after its account was deleted.
void refuseUnknown(Response& response, const liveblocks::Error& error) {
  if (error.code == liveblocks::Errc::notFound) return refuse(response, 403, forbidden, "Your account is gone");
  refuse(response, 503, internalError, "Your account is temporarily unavailable");
}

/// Ignores the query, in which the client may write anything.
void sendTokenRequest(const Endpoint& endpoint, const clerk::Auth& auth, Response& response) {
  const auto user = endpoint.users.get(auth.userId());
  if (!user) return refuseUnknown(response, user.error());
  if (!user->username) return refuse(response, 403, forbidden, "Choose a username first");
  const auto clientId = ably::ClientId::named(*user->username);
  if (!clientId) return refuse(response, 403, forbidden, "Your username cannot be used here");
  const auto capability = capabilityOf(*user);
  if (!capability) return refuse(response, 403, forbidden, "Your account cannot be used here");
  const auto request = endpoint.signer.sign({*clientId, *capability});
  if (!request) return refuse(response, 503, internalError, "Tokens are temporarily unavailable");
  response.set_content(request->json(), "application/json");
}

bool isGet(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

/// `GET /api/ably`; other paths are guarded and do not exist.
void respondGuarded(const Endpoint& endpoint, const Request& request, Response& response) {
  const auto [refusal, state] = endpoint.guard.authenticate(adapters::requestView(request, {}));
  if (refusal) return adapters::setResponse(request, response, *refusal);
  if (request.path == "/api/ably" && isGet(request)) {
    sendTokenRequest(endpoint, state.auth(), response);
  } else {
    refuse(response, 404, notFound, "There is nothing here");
  }
  for (const auto& header : state.headers()) adapters::addHeader(response, header);
  response.set_header("Cache-Control", "no-store");
}

/// Without this check any web page could point its own host name to the demo and read the responses (DNS rebinding).
bool namesLoopback(const Request& request) {
  const std::string host = request.get_header_value("Host");
  const std::string_view name = std::string_view(host).substr(0, host.rfind(':'));
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

/// `POST /demo/token/user_ada` and `/demo/token/user_grace`. Returns whether it was such a request.
bool respondWithSession(const Demo& demo, const Request& request, Response& response) {
  constexpr std::string_view prefix = "/demo/token/";
  if (request.method != "POST" || request.path.substr(0, prefix.size()) != prefix) return false;
  const std::string userId = request.path.substr(prefix.size());
  if (!demo.clerk->user(userId)) return false;
  // Every browser sends the origin of a POST.
  if (request.has_header("Origin") && request.get_header_value("Origin") != demo.origin) {
    refuse(response, 403, forbidden, "This page is not allowed here");
    return true;
  }
  testing::SessionTokenSpec spec;
  spec.userId = userId;
  spec.authorizedParty = demo.origin;
  response.set_header("Cache-Control", "no-store");
  response.set_content(demo.clerk->issuer().sessionToken(spec), "text/plain");
  return true;
}

bool hasBody(const Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

/// Handles every request before its body is read, because bodies are not needed.
void respond(const Endpoint& endpoint, const Request& request, Response& response) {
  if (endpoint.demo != nullptr && !namesLoopback(request)) {
    return refuse(response, 421, badRequest, "The demo only serves loopback hosts");
  }
  if (adapters::refuseAmbiguous(request, response)) return;
  if (hasBody(request)) return refuse(response, 400, badRequest, "No body is expected here");
  adapters::ignoreRanges(request);
  if (endpoint.demo != nullptr && respondWithSession(*endpoint.demo, request, response)) return;
  respondGuarded(endpoint, request, response);
}

/// Returns the value of an environment variable; `fallback` if it is missing or empty.
std::string variable(const char* name, const char* fallback = "") {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

/// Ada has a username, Grace has none.
std::shared_ptr<testing::FakeClerk> makeDemoClerk() {
  auto clerk = std::make_shared<testing::FakeClerk>();
  testing::FakeUser ada;
  ada.id = "user_ada";
  ada.username = "ada";
  clerk->addUser(ada);
  testing::FakeUser grace;
  grace.id = "user_grace";
  clerk->addUser(grace);
  return clerk;
}

clerk::ClientOptions optionsOf(const Demo& demo) {
  clerk::ClientOptions options;
  options.publishableKey = demo.clerk->issuer().publishableKey();
  options.secretKey = demo.clerk->secretKey();
  return options;
}

clerk::ClientOptions optionsFromEnvironment() {
  clerk::ClientOptions options;
  options.publishableKey = variable("CLERK_PUBLISHABLE_KEY");
  options.secretKey = variable("CLERK_SECRET_KEY");
  options.jwtKey = variable("CLERK_JWT_KEY");
  options.apiUrl = variable("CLERK_API_URL", options.apiUrl.c_str());
  // The library splits a list at commas.
  const std::string parties = variable("CLERK_AUTHORIZED_PARTIES");
  if (!parties.empty()) options.authorizedParties = {parties};
  if (options.publishableKey.empty() || options.secretKey.empty()) {
    throw std::invalid_argument(
        "no Clerk instance is configured: set CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY, or start with --demo for a "
        "fake one");
  }
  return options;
}

/// `origin` is that of the pages.
Endpoint makeEndpoint(const Demo* demo, const std::string& origin) {
  clerk::ClientOptions options = demo != nullptr ? optionsOf(*demo) : optionsFromEnvironment();
  options.publicOrigin = origin;
  if (options.authorizedParties.empty()) options.authorizedParties = {origin};
  options.log = [](liveblocks::LogLevel level, std::string_view message) {
    if (level >= liveblocks::LogLevel::warning) std::cerr << "ably_endpoint: " + std::string(message) + "\n";
  };
  const std::shared_ptr<liveblocks::http::Transport> transport =
      demo != nullptr ? demo->clerk : liveblocks::http::defaultTransport();
  const clerk::Client client(options, transport);
  // Only scripts call the endpoint, so there is nobody to redirect to Clerk.
  return {clerk::RouteGuard(client.requestAuthenticator({}, clerk::CookiePolicy::sessionOnly)), client.users(),
          ably::TokenRequestSigner(variable("ABLY_API_KEY", demo != nullptr ? demoKey : "")), demo};
}

int portFrom(const std::string& text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error == std::errc() && end == text.data() + text.size() && port >= 0 && port <= 65535) return port;
  throw std::invalid_argument("PORT must be a number from 0 to 65535");
}

/// Returns `http://host:port` of the bound address.
std::string bind(httplib::Server& server, bool demo) {
  const std::string host = variable("HOST", "127.0.0.1");
  if (demo && host != "127.0.0.1" && host != "localhost") {
    throw std::invalid_argument("a demo signs anybody in, so HOST must be loopback: 127.0.0.1 or localhost");
  }
  const int wanted = portFrom(variable("PORT", "0"));
  const int port = wanted == 0 ? server.bind_to_any_port(host) : server.bind_to_port(host, wanted) ? wanted : -1;
  if (port < 0) throw std::runtime_error("cannot listen on " + host + " port " + std::to_string(wanted));
  return "http://" + host + ":" + std::to_string(port);
}

/// Serves until SIGTERM or SIGINT arrives; all threads must have blocked both.
void serve(httplib::Server& server, const sigset_t& signals) {
  std::atomic<bool> ended{false};
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    // Before the server runs, stop() has no effect.
    while (!server.is_running() && !ended) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    server.stop();
  });
  const bool stopped = server.listen_after_bind();
  ended = true;
  pthread_kill(stopper.native_handle(), SIGINT);  // Ends its wait if no signal has arrived.
  stopper.join();
  if (!stopped) throw std::runtime_error("the server stopped accepting connections");
}

void run(bool isDemo) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  httplib::Server server;
  const std::string url = bind(server, isDemo);
  const Demo demo{isDemo ? makeDemoClerk() : nullptr, url};
  const Endpoint endpoint =
      makeEndpoint(isDemo ? &demo : nullptr, isDemo ? url : variable("PUBLIC_ORIGIN", url.c_str()));
  server.set_pre_routing_handler([&endpoint](const Request& request, Response& response) {
    respond(endpoint, request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  server.set_post_routing_handler(adapters::CppHttplibClosing());
  if (isDemo) std::cout << "demo: a fake Clerk signs people in, CLERK_* is not used, loopback only\n";
  std::cout << "ready: " + url << std::endl;
  serve(server, signals);
}

}  // namespace

int main(int count, char** arguments) try {
  const bool isDemo = count == 2 && std::string_view(arguments[1]) == "--demo";
  if (count > 1 && !isDemo) throw std::invalid_argument("usage: ably_endpoint [--demo]");
  run(isDemo);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "ably_endpoint: " << error.what() << std::endl;
  return 1;
}
