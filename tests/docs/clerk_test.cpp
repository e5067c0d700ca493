// The code in docs/clerk.md, docs/clerk-authorization.md, docs/clerk-requests.md and docs/route-guard.md.
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <chrono>
#include <memory>
#include <string>

#include "catch.hpp"

namespace http = liveblocks::http;
using liveblocks::testing::FakeClerk;
using liveblocks::testing::SessionTokenSpec;

namespace {

/// The configuration of an application whose Clerk is a fake.
struct Config {
  std::shared_ptr<FakeClerk> clerk = std::make_shared<FakeClerk>();
  std::string clerkPublishableKey = clerk->issuer().publishableKey();
  liveblocks::Secret clerkSecretKey = clerk->secretKey();
  std::string clerkJwtKey = clerk->issuer().publicKeyPem();
  std::shared_ptr<http::Transport> transport = clerk;

  std::string token(const SessionTokenSpec& changes = {}) const {
    SessionTokenSpec spec = changes;
    spec.authorizedParty = "https://app.example.com";
    return clerk->issuer().sessionToken(spec);
  }
};

/// A GET request with a token, or without one.
class Page {
 public:
  Page() = default;
  explicit Page(const std::string& token) : authorization_("Bearer " + token) {}

  http::RequestView request() const {
    http::RequestView request{"GET", "https://app.example.com/dashboard", {}};
    if (!authorization_.empty()) request.headers.emplace_back("Authorization", authorization_);
    return request;
  }

 private:
  std::string authorization_;
};

int statusOfSession(const Config& config, const http::RequestView& request) {
  // clerk.md verifier: begin
  namespace clerk = liveblocks::clerk;

  clerk::ClientOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.jwtKey = config.clerkJwtKey;
  options.authorizedParties = {"https://app.example.com"};
  const clerk::SessionVerifier verifier = clerk::Client(options).sessionVerifier();

  const auto session = verifier.authenticate({request.method, request.url, request.headers});
  if (!session) return session.error().kind() == liveblocks::ErrorKind::unavailable ? 503 : 401;
  const std::string& userId = session->userId();
  // clerk.md verifier: end
  return userId == "user_1" ? 200 : 500;
}

/// Whether the claims of the second verification are those of the first.
bool isVerifiedOnce(const Config& config, const std::string& token) {
  // clerk.md token cache: begin
  liveblocks::clerk::ClientOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.jwtKey = config.clerkJwtKey;
  options.tokenCache.capacity = 10'000;
  const liveblocks::clerk::Client client(options, config.transport);
  // clerk.md token cache: end
  const auto first = client.sessionVerifier().verify(token);
  const auto second = client.sessionVerifier().verify(token);
  return first && second && &first->payload() == &second->payload();
}

std::string emailOf(const Config& config, const std::string& userId, liveblocks::Deadline deadline) {
  namespace clerk = liveblocks::clerk;
  // clerk.md users: begin
  clerk::ClientOptions options;
  options.secretKey = config.clerkSecretKey;
  options.userCacheTtl = std::chrono::minutes(5);
  const clerk::Users users = clerk::Client(options, config.transport).users();

  const auto user = users.get(userId, deadline);
  // clerk.md users: end
  return user ? user->primaryEmailAddress.value_or("") : user.error().message;
}

int statusOfReports(const Config& config, const http::RequestView& request) {
  // clerk-authorization.md has: begin
  namespace clerk = liveblocks::clerk;

  clerk::ClientOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.jwtKey = config.clerkJwtKey;
  const clerk::RequestAuthenticator authenticator = clerk::Client(options).requestAuthenticator();

  const clerk::RequestState state = authenticator.authenticate(request);
  if (!state.auth().has(clerk::Requirement().role("org:admin"))) return 403;
  // clerk-authorization.md has: end
  return 200;
}

std::string callerOf(const Config& config, const http::RequestView& request) {
  namespace clerk = liveblocks::clerk;
  clerk::ClientOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.jwtKey = config.clerkJwtKey;
  // clerk-authorization.md machines: begin
  options.secretKey = config.clerkSecretKey;
  const clerk::Client client(options, config.transport);
  const clerk::RequestAuthenticator authenticator =
      client.requestAuthenticator({clerk::TokenType::sessionToken, clerk::TokenType::apiKey});

  const clerk::RequestState state = authenticator.authenticate(request);
  if (const auto& machine = state.machineToken()) return machine->subject;
  if (state.isAuthenticated()) return state.auth().userId();
  // clerk-authorization.md machines: end
  return "nobody";
}

http::Response respond(const Config& config, const http::RequestView& request) {
  // clerk-requests.md: begin
  namespace clerk = liveblocks::clerk;

  clerk::ClientOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.secretKey = config.clerkSecretKey;
  options.jwtKey = config.clerkJwtKey;
  options.publicOrigin = "https://app.example.com";
  options.authorizedParties = {options.publicOrigin};
  const clerk::RequestAuthenticator authenticator = clerk::Client(options).requestAuthenticator();

  const clerk::RequestState state = authenticator.authenticate({request.method, request.url, request.headers});
  if (const auto redirect = state.redirect()) return *redirect;
  if (state.error() && state.error()->kind() == liveblocks::ErrorKind::unavailable) return {503, {}, {}};
  if (!state.isAuthenticated()) return {401, state.headers(), {}};
  const std::string& userId = state.auth().userId();
  // clerk-requests.md: end
  return {200, state.headers(), userId};
}

http::Response respondGuarded(const Config& config, const http::RequestView& request) {
  // route-guard.md guard: begin
  namespace clerk = liveblocks::clerk;

  clerk::ClientOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.secretKey = config.clerkSecretKey;
  options.jwtKey = config.clerkJwtKey;
  options.publicOrigin = "https://app.example.com";
  options.authorizedParties = {options.publicOrigin};
  options.signInUrl = "/sign-in";

  clerk::RouteGuardOptions routes;
  routes.publicRoutes = {"/", "/about", "/blog/:slug", "/assets(.*)"};

  const clerk::RouteGuard guard = clerk::Client(options, config.transport).routeGuard(routes);

  // For every request, before anything else handles it:
  const auto [response, state] = guard.authenticate({request.method, request.url, request.headers});
  if (response) return *response;
  // Add state.headers() to the response of the application; state.auth() tells who is signed in.
  // route-guard.md guard: end
  // route-guard.md authorize: begin
  if (auto refusal = guard.authorize(state, clerk::Requirement().role("org:admin"))) return *refusal;
  // route-guard.md authorize: end
  return {200, state.headers(), state.auth().userId()};
}

SessionTokenSpec admin() {
  SessionTokenSpec spec;
  spec.organization = liveblocks::clerk::Organization{"org_1", "org:admin", "acme", {}};
  return spec;
}

}  // namespace

TEST_CASE("docs: a verifier tells who sends a request") {
  const Config config;
  CHECK(statusOfSession(config, Page(config.token()).request()) == 200);
  CHECK(statusOfSession(config, Page().request()) == 401);
}

TEST_CASE("docs: a token is verified once with a cache") {
  const Config config;
  CHECK(isVerifiedOnce(config, config.token()));
}

TEST_CASE("docs: users are looked up at Clerk") {
  const Config config;
  liveblocks::testing::FakeUser ada;
  ada.id = "user_ada";
  ada.emailAddress = "ada@example.com";
  config.clerk->addUser(ada);
  const liveblocks::Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  CHECK(emailOf(config, "user_ada", deadline) == "ada@example.com");
}

TEST_CASE("docs: an issuer of the test's own makes tokens") {
  namespace clerk = liveblocks::clerk;
  // clerk.md issuer: begin
  const liveblocks::testing::ClerkIssuer issuer;
  auto clock = std::make_shared<liveblocks::testing::ManualClock>(std::chrono::system_clock::now());
  clerk::SessionVerifierOptions options;
  options.publishableKey = issuer.publishableKey();
  options.clock = clock;
  const clerk::SessionVerifier verifier(clerk::KeySource::pem(issuer.publicKeyPem()), options);

  liveblocks::testing::SessionTokenSpec ada;
  ada.userId = "user_ada";
  ada.organization = clerk::Organization{"org_1", "org:admin", "acme", {"org:tasks:edit"}};
  const std::string token = issuer.sessionToken(ada);
  CHECK(verifier.verify(token)->organization()->role == "org:admin");

  clock->advance(std::chrono::minutes(2));
  CHECK(verifier.verify(token).error().code == liveblocks::Errc::expired);
  // clerk.md issuer: end
}

TEST_CASE("docs: a requirement decides about a session") {
  const Config config;
  CHECK(statusOfReports(config, Page(config.token(admin())).request()) == 200);
  CHECK(statusOfReports(config, Page(config.token()).request()) == 403);
}

TEST_CASE("docs: sessions and machine tokens are told apart") {
  const Config config;
  liveblocks::clerk::MachineToken key;
  key.type = liveblocks::clerk::TokenType::apiKey;
  key.id = "key_1";
  key.subject = "user_bob";
  CHECK(callerOf(config, Page(config.clerk->addMachineToken(key)).request()) == "user_bob");
  CHECK(callerOf(config, Page(config.token()).request()) == "user_1");
  CHECK(callerOf(config, Page().request()) == "nobody");
}

TEST_CASE("docs: a whole request is authenticated") {
  const Config config;
  CHECK(respond(config, Page(config.token()).request()).body == "user_1");
  CHECK(respond(config, Page().request()).status == 401);
}

TEST_CASE("docs: a guard lets those in who fulfil the requirement") {
  const Config config;
  CHECK(respondGuarded(config, Page(config.token(admin())).request()).body == "user_1");
  CHECK(respondGuarded(config, Page(config.token()).request()).status == 403);
  CHECK(respondGuarded(config, Page().request()).status == 401);
}
