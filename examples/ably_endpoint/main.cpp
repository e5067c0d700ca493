/// The `authUrl` of an Ably client whose users sign in with Clerk.
#include <httplib.h>

#include <memory>
#include <string>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_clerk.hpp>

#include "common/environment.hpp"
#include "common/guarded.hpp"
#include "common/program.hpp"
#include "common/requests.hpp"
#include "common/router.hpp"
#include "common/server.hpp"
#include "common/site.hpp"

namespace ably_endpoint {
namespace {

namespace ably = liveblocks::ably;
namespace clerk = liveblocks::clerk;
namespace testing = liveblocks::testing;
using httplib::Request;
using httplib::Response;
using liveblocks::Json;

constexpr const char* programName = "ably_endpoint";
/// Not a key of Ably: a fake of Ably may check its signatures.
constexpr const char* demoKey = "demoApp.demoKey:not-a-secret";

/// Everything that the endpoint needs. Immutable when the server runs.
struct Endpoint {
  clerk::RouteGuard guard;
  clerk::Users users;
  ably::TokenRequestSigner signer;
  /// Whether to serve only loopback hosts.
  bool demo = false;
};

/// Ably's error codes (https://ably.com/docs/platform/errors/codes).
constexpr int forbidden = 40300;
constexpr int notFound = 40400;
constexpr int internalError = 50000;

constexpr const char* mediaType = "application/json";

/// Responds in the form of Ably's errors. Ably's client retries after any status except 403, which ends its connection.
void refuse(Response& response, int status, int code, const std::string& message) {
  const Json error = Json::object({{"code", code}, {"statusCode", status}, {"message", message}});
  response.status = status;
  response.set_content(Json::object({{"error", error}}).text(), mediaType);
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
void answerTokenRequest(const Endpoint& endpoint, const clerk::RequestState& state, Response& response) {
  const auto user = endpoint.users.get(state.auth().userId());
  if (!user) return refuseUnknown(response, user.error());
  if (!user->username) return refuse(response, 403, forbidden, "Choose a username first");
  const auto clientId = ably::ClientId::named(*user->username);
  if (!clientId) return refuse(response, 403, forbidden, "Your username cannot be used here");
  const auto capability = capabilityOf(*user);
  if (!capability) return refuse(response, 403, forbidden, "Your account cannot be used here");
  const auto request = endpoint.signer.sign({*clientId, *capability});
  if (!request) return refuse(response, 503, internalError, "Tokens are temporarily unavailable");
  response.set_content(request->json(), mediaType);
}

/// Handles every request before its body is read, because bodies are not needed.
void answer(const Endpoint& endpoint, const examples::Router& router, const Request& request, Response& response) {
  if (endpoint.demo && !examples::namesLoopback(request)) {
    examples::answerUnread(response, 421, "misdirected request");
  } else if (!examples::refuseUnread(request, response, false)) {
    router.answer(request, response);
  }
}

/// Serves `GET /api/ably` by `router`; other paths are guarded and do not exist. `router` and `endpoint` must outlive
/// the server.
void addEndpoint(httplib::Server& server, examples::Router& router, const Endpoint& endpoint) {
  server.set_pre_routing_handler([&](const Request& request, Response& response) {
    answer(endpoint, router, request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  router.get("/api/ably", examples::guarded(endpoint.guard,
                                            [&](const clerk::RequestState& state, const Request&, Response& response) {
                                              answerTokenRequest(endpoint, state, response);
                                            }));
  router.otherwise(
      examples::guarded(endpoint.guard, [](const clerk::RequestState&, const Request&, Response& response) {
        refuse(response, 404, notFound, "There is nothing here");
      }));
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

examples::ClerkConfig demoConfig(const std::shared_ptr<testing::FakeClerk>& clerk) {
  examples::ClerkConfig config;
  config.options.publishableKey = clerk->issuer().publishableKey();
  config.options.secretKey = clerk->secretKey();
  config.transport = clerk;
  return config;
}

/// Adds `POST /demo/token/user_ada` and `/demo/token/user_grace`, which give a session to anybody.
void addDemoRoutes(examples::Router& router, const std::shared_ptr<testing::FakeClerk>& clerk,
                   const std::string& publicOrigin) {
  for (const char* userId : {"user_ada", "user_grace"}) {
    router.post(std::string("/demo/token/") + userId,
                [=](const httplib::Request& request, httplib::Response& response) {
                  if (!examples::isFromThisSite(request)) return examples::answerUnread(response, 403, "forbidden");
                  testing::SessionTokenSpec spec;
                  spec.userId = userId;
                  spec.authorizedParty = publicOrigin;
                  response.set_header("Cache-Control", "no-store");
                  response.set_content(clerk->issuer().sessionToken(spec), "text/plain");
                });
  }
}

Endpoint makeEndpoint(const examples::SiteConfig& config, bool demo) {
  const clerk::Client client = examples::makeClient(config, examples::logOf(programName));
  // Only scripts call the endpoint, so there is nobody to redirect to Clerk.
  return {clerk::RouteGuard(client.requestAuthenticator({}, clerk::CookiePolicy::sessionOnly)), client.users(),
          ably::TokenRequestSigner(examples::variable("ABLY_API_KEY", demo ? demoKey : "")), demo};
}

void run(bool demo) {
  const sigset_t stopSignals = examples::blockStopSignals();
  examples::SiteConfig config = examples::siteFromEnvironment(demo);
  if (!demo) examples::requireInstance(config.clerk);
  examples::Server server(programName);
  const std::string url = examples::bind(server, config);
  examples::Router router;
  if (demo) {
    const auto demoClerk = makeDemoClerk();
    config.clerk = demoConfig(demoClerk);
    addDemoRoutes(router, demoClerk, config.publicOrigin);
    examples::announceDemo();
  }
  const Endpoint endpoint = makeEndpoint(config, demo);
  addEndpoint(server, router, endpoint);
  examples::serve(server, stopSignals, url);
}

}  // namespace
}  // namespace ably_endpoint

int main(int count, char** arguments) {
  return examples::runProgram(ably_endpoint::programName, count, arguments, ably_endpoint::run);
}
