// A site with Clerk's Frontend API below /__clerk, the Backend API below /v1 and one guarded page. Prints one line of
// JSON with the data for a configuration, and serves until it is killed. tests/e2e/lib/frontend_api.mjs controls it
// below /test. Usage: frontend_api <host of the Frontend API> <lifetime of a token in seconds> [single-session]
#include <httplib.h>

#include <iostream>
#include <string>

#include <nlohmann/json.hpp>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

namespace {

namespace adapters = liveblocks::adapters;
namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
namespace testing = liveblocks::testing;
using nlohmann::json;

/// Both belong to Acme, and Ada to a second organization.
void addPeople(testing::FakeClerk& fake) {
  testing::FakeUser ada;
  ada.id = "user_ada";
  ada.firstName = "Ada";
  ada.lastName = "Lovelace";
  ada.memberships = {{"org_acme", "org:admin", "acme", "Acme", {"org:tasks:close"}}, {"org_zoo", "org:member", "zoo"}};
  fake.addUser(ada);
  testing::FakeUser grace;
  grace.id = "user_grace";
  grace.firstName = "Grace";
  grace.memberships = {{"org_acme", "org:member", "acme", "Acme"}};
  fake.addUser(grace);
}

clerk::RequestAuthenticator makeAuthenticator(const std::shared_ptr<testing::FakeClerk>& fake,
                                              const std::string& origin) {
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = fake->issuer().publishableKey();
  options.secretKey = fake->secretKey();
  options.publicOrigin = origin;
  options.authorizedParties = {origin};
  options.proxyUrl = "/__clerk";
  const auto keys = clerk::KeySource::jwks(fake->issuer().jwks());
  return clerk::RequestAuthenticator(keys, options, fake);
}

/// What the guard of a page found out, as JSON.
void answerGuardedPage(const clerk::RequestAuthenticator& authenticator, const httplib::Request& request,
                       httplib::Response& response) {
  const clerk::RequestState state = authenticator.authenticate(adapters::requestView(request, {}));
  if (const auto redirect = state.redirect()) return adapters::setResponse(request, response, *redirect);
  for (const http::Header& header : state.headers()) adapters::addHeader(response, header);
  response.set_content(
      json{{"userId", state.isAuthenticated() ? state.auth().userId() : ""}, {"reason", state.reason()}}.dump(),
      "application/json");
}

void passToBackendApi(testing::FakeClerk& fake, const httplib::Request& request, httplib::Response& response) {
  const http::Request passed{"GET",
                             "https://api.clerk.com" + request.target,
                             {{"Authorization", request.get_header_value("Authorization"), true}},
                             {}};
  const auto answer = fake.send(passed, {std::chrono::steady_clock::now() + std::chrono::seconds(10)});
  adapters::setResponse(request, response, answer.value());
}

void addOrders(httplib::Server& server, testing::FakeFrontendApi& api) {
  using Request = httplib::Request;
  using Response = httplib::Response;
  server.Post("/test/tickets", [&](const Request& request, Response& response) {
    response.set_content(api.createTicket(request.body), "text/plain");
  });
  server.Post("/test/end_sessions", [&](const Request& request, Response&) { api.endSessions(request.body); });
}

// testing.md cpp-httplib: begin
void serve(httplib::Server& server, liveblocks::testing::FakeFrontendApi& frontendApi) {
  const auto respond = [&frontendApi](const httplib::Request& request, httplib::Response& response) {
    const auto view = liveblocks::adapters::requestView(request, request.body);
    liveblocks::adapters::setResponse(request, response, frontendApi.handle(view));
  };
  server.Get("/__clerk/.*", respond);
  server.Post("/__clerk/.*", respond);
}
// testing.md cpp-httplib: end

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  httplib::Server server;
  const std::string origin = "http://127.0.0.1:" + std::to_string(server.bind_to_any_port("127.0.0.1"));
  const auto fake = std::make_shared<testing::FakeClerk>(testing::ClerkIssuer(argv[1]));
  addPeople(*fake);
  testing::FakeFrontendApiOptions options;
  options.pageOrigin = origin;
  options.tokenLifetime = std::chrono::seconds(std::stoi(argv[2]));
  options.singleSession = argc > 3;
  testing::FakeFrontendApi api(fake, options);
  const clerk::RequestAuthenticator guard = makeAuthenticator(fake, origin);
  serve(server, api);
  addOrders(server, api);
  server.Get("/guarded", [&](const httplib::Request& request, httplib::Response& response) {
    answerGuardedPage(guard, request, response);
  });
  server.Get("/v1/.*", [&](const httplib::Request& request, httplib::Response& response) {
    passToBackendApi(*fake, request, response);
  });
  std::cout << json{{"origin", origin},
                    {"pem", fake->issuer().publicKeyPem()},
                    {"publishableKey", fake->issuer().publishableKey()},
                    {"secretKey", fake->secretKey().reveal()}}
            << std::endl;
  return server.listen_after_bind() ? 0 : 1;
}
