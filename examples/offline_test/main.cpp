// An application tests its own auth endpoint and pages: no account, no network, no waiting. See docs/testing.md.
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/testing/webhook_signer.hpp>

namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
namespace testing = liveblocks::testing;
namespace webhooks = liveblocks::webhooks;

// testing.md application: begin
struct Config {
  std::string clerkPublishableKey;
  liveblocks::Secret clerkSecretKey;
  liveblocks::Secret liveblocksSecretKey;
};

// The services that the application uses. In production: http::defaultTransport(), twice, and the base class Clock.
struct Outside {
  std::shared_ptr<http::Transport> clerkApi;
  std::shared_ptr<http::Transport> liveblocksApi;
  std::shared_ptr<const liveblocks::Clock> clock;
};

liveblocks::AuthEndpoint makeAuthEndpoint(const Config& config, const Outside& outside) {
  clerk::SessionVerifierOptions options;
  options.publishableKey = config.clerkPublishableKey;
  options.clock = outside.clock;
  const auto keys = clerk::KeySource::backendApi(config.clerkSecretKey, "https://api.clerk.com", outside.clerkApi);
  const auto identify =
      liveblocks::clerkIdentity(clerk::SessionVerifier(keys, options), config.clerkSecretKey, outside.clerkApi);
  const auto decide = [](const liveblocks::AuthRequest& request) {
    const std::string notes = request.caller.userId + ":notes";
    if (request.room != notes) return liveblocks::Decision::refuse("These are not your notes");
    return liveblocks::Decision().allow(notes, liveblocks::FULL_ACCESS);
  };
  return {liveblocks::Liveblocks({config.liveblocksSecretKey}, outside.liveblocksApi), identify, decide};
}
// testing.md application: end

// testing.md fixture: begin
// A Clerk instance with one user, a Liveblocks project, and a manual clock.
struct Fixture {
  std::shared_ptr<testing::FakeClerk> clerk = std::make_shared<testing::FakeClerk>();
  std::shared_ptr<testing::FakeLiveblocks> liveblocks = std::make_shared<testing::FakeLiveblocks>();
  std::shared_ptr<testing::ManualClock> clock =
      std::make_shared<testing::ManualClock>(std::chrono::system_clock::now());
  liveblocks::AuthEndpoint endpoint = makeAuthEndpoint(
      {clerk->issuer().publishableKey(), clerk->secretKey(), liveblocks->secretKey()}, {clerk, liveblocks, clock});

  Fixture() {
    testing::FakeUser ada;
    ada.id = "user_ada";
    ada.firstName = "Ada";
    clerk->addUser(ada);
  }

  // The cookie of a browser that has just signed in.
  std::string session(const std::string& userId) const {
    testing::SessionTokenSpec spec;
    spec.userId = userId;
    spec.issuedAt = clock->wall();
    return clerk->issuer().sessionToken(spec);
  }

  http::Response respond(const std::string& room, const std::string& token) const {
    const std::string cookie = "__session=" + token;
    const std::string body = liveblocks::Json::object({{"room", room}}).text();
    return endpoint.handle({"POST", "/api/liveblocks-auth", {{"Cookie", cookie}}, body});
  }
  int enter(const std::string& room, const std::string& token) const { return respond(room, token).status; }
};
// testing.md fixture: end

void check(bool holds, const char* what) {
  std::cout << (holds ? "ok: " : "FAILED: ") << what << std::endl;
  if (!holds) std::exit(EXIT_FAILURE);  // NOLINT(concurrency-mt-unsafe): there are no threads.
}

// testing.md tests: begin
void peopleEnterTheirOwnNotesOnly() {
  const Fixture fixture;
  const std::string ada = fixture.session("user_ada");
  const auto token = liveblocks::AccessToken::decodeUnverifiedBody(fixture.respond("user_ada:notes", ada).body);
  check(token && token->permissionsFor("user_ada:notes")->canWrite(), "Ada may write her notes");
  check(!token->permissionsFor("user_bob:notes"), "and with that token nothing else");
  check(token->userInfo.text().find(R"("name":"Ada")") != std::string::npos, "others see her by her name at Clerk");

  check(fixture.enter("user_bob:notes", ada) == 403, "Bob's notes are closed to her");
  check(fixture.liveblocks->requestCount() == 1, "Liveblocks is not asked for them");
}

void sessionsEnd() {
  const Fixture fixture;
  testing::SessionTokenSpec forged;
  forged.userId = "user_ada";
  const testing::ClerkIssuer stranger;
  check(fixture.enter("user_ada:notes", stranger.sessionToken(forged)) == 401, "a forged session is rejected");

  const std::string ada = fixture.session("user_ada");
  fixture.clock->advance(std::chrono::minutes(2));
  check(fixture.enter("user_ada:notes", ada) == 401, "a session expires after two minutes");

  fixture.clerk->removeUser("user_ada");
  check(fixture.enter("user_ada:notes", fixture.session("user_ada")) == 401,
        "and so is that of a user who was deleted");
}

void clerkIsDown() {
  const Fixture fixture;
  fixture.clerk->failNext("/v1/jwks", liveblocks::Error{liveblocks::Errc::connect, "refused"}, 100);
  check(fixture.enter("user_ada:notes", fixture.session("user_ada")) == 503, "nobody is signed out when Clerk is down");

  fixture.clerk->clearFaults();
  fixture.clock->advance(std::chrono::minutes(1));
  check(fixture.enter("user_ada:notes", fixture.session("user_ada")) == 200, "and all is well when it is back");
}

void liveblocksIsDown() {
  const Fixture fixture;
  const std::string ada = fixture.session("user_ada");
  fixture.liveblocks->failNext("/v2/authorize-user", testing::jsonResponse(503, "{}"), 100);
  check(fixture.enter("user_ada:notes", ada) == 503, "browsers are told to try again when Liveblocks is down");

  fixture.liveblocks->clearFaults();
  check(fixture.enter("user_ada:notes", ada) == 200, "and then it is back");
}
// testing.md tests: end

// testing.md rooms: begin
void roomsOpenToGuests() {
  const auto project = std::make_shared<testing::FakeLiveblocks>();
  const liveblocks::Liveblocks client({project->secretKey()}, project);
  liveblocks::CreateRoomOptions options;
  options.usersAccesses["carol"] = liveblocks::READ_ACCESS;
  const auto room = client.createRoom("design", options);
  check(room && liveblocks::PermissionMatrix::of(*room, "carol").canRead(), "Carol may look");
  check(room && !liveblocks::PermissionMatrix::of(*room, "bob").canRead(), "Bob may not");

  const auto token = liveblocks::AccessToken::decodeUnverifiedBody(client.identifyUser({"carol", {"sales"}}).body);
  check(token && token->groupIds == std::vector<std::string>{"sales"}, "her ID token names her groups");

  const auto again = client.createRoom("design");
  check(!again && again.error().code == liveblocks::Errc::conflict, "a room is made once");
  check(again.error().info->code == "ROOM_ALREADY_EXISTS", "and Liveblocks says why");
}

void roomsCannotBeHad() {
  const auto project = std::make_shared<testing::FakeLiveblocks>("sk_right");
  const auto fails = [](const liveblocks::Liveblocks& client, liveblocks::Errc code) {
    const auto room = client.getRoom("design");
    return !room && room.error().code == code;
  };
  check(fails(liveblocks::Liveblocks({"sk_wrong"}, project), liveblocks::Errc::secretKeyRejected), "a wrong key");

  liveblocks::LiveblocksOptions options{project->secretKey()};
  options.retry = false;  // One failure is one response, and nothing waits.
  const liveblocks::Liveblocks client(options, project);
  check(fails(client, liveblocks::Errc::notFound), "no such room");
  project->failNext("/v2/rooms/design", testing::jsonResponse(429, "{}"));
  check(fails(client, liveblocks::Errc::upstream), "too many requests");
  project->failNext("/v2/rooms/design", liveblocks::Error{liveblocks::Errc::timeout, "silence"});
  check(fails(client, liveblocks::Errc::timeout), "no response");
}
// testing.md rooms: end

// testing.md slow: begin
void liveblocksIsSlow() {
  const auto project = std::make_shared<testing::FakeLiveblocks>();
  liveblocks::LiveblocksOptions options{project->secretKey()};
  options.timeout = std::chrono::milliseconds(50);
  const liveblocks::Liveblocks client(options, project);

  project->delayNext("/v2/rooms", std::chrono::seconds(10));
  const auto room = client.createRoom("design");
  check(!room && room.error().code == liveblocks::Errc::timeout, "we did not wait for ten seconds");
  check(static_cast<bool>(client.getRoom("design")), "and it was created all the same");
}
// testing.md slow: end

// testing.md pages: begin
// The guard of a site whose pages are all protected.
clerk::RouteGuard makeGuard(const std::shared_ptr<testing::FakeClerk>& fake) {
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = fake->issuer().publishableKey();
  options.secretKey = fake->secretKey();
  options.publicOrigin = "https://app.example.com";
  const auto keys = clerk::KeySource::jwks(fake->issuer().jwks());
  return clerk::RouteGuard(clerk::RequestAuthenticator(keys, options, fake));
}

void sessionsAreRenewed() {
  const auto fake = std::make_shared<testing::FakeClerk>();
  const clerk::RouteGuard guard = makeGuard(fake);
  const auto open = [&](const std::string& cookies) {
    return guard.authenticate({"GET", "/dashboard", {{"Accept", "text/html"}, {"Cookie", cookies}}});
  };
  const auto leadsTo = [](const clerk::RouteGuardResult& result, std::string_view url) {
    const auto location = result.response ? http::findHeader(*result.response, "Location") : std::nullopt;
    return location && location->substr(0, url.size()) == url;
  };
  check(leadsTo(open(""), "https://accounts.example.com/sign-in"), "users who are not signed in are redirected there");

  testing::SessionTokenSpec over;
  over.issuedAt = std::chrono::system_clock::now() - std::chrono::minutes(10);
  const std::string cookies = "__client_uat=1; __session=" + fake->issuer().sessionToken(over);
  check(leadsTo(open(cookies), "https://clerk.example.com/v1/client/handshake"),
        "expired sessions are renewed by Clerk");

  // The Frontend API sets this cookie when it redirects back; a development instance uses the URL.
  const std::string nonce = fake->addHandshake({"__session=" + fake->issuer().sessionToken() + "; Path=/"});
  const auto back = open("__clerk_handshake_nonce=" + nonce);
  check(!back.response && back.state.auth().userId() == "user_1", "and comes back signed in");
}
// testing.md pages: end

// testing.md browser: begin
void browsersSignIn() {
  testing::FakeUser ada;
  ada.id = "user_ada";
  ada.memberships = {{"org_acme", "org:admin", "acme", "Acme"}};
  const auto fake = std::make_shared<testing::FakeClerk>();
  fake->addUser(ada);
  testing::FakeFrontendApiOptions options;
  options.pageOrigin = "http://127.0.0.1:3000";
  testing::FakeFrontendApi frontendApi(fake, options);

  // A request like that of a browser.
  const std::string body = "strategy=ticket&ticket=" + frontendApi.createTicket("user_ada");
  const http::RequestView request{"POST", "/__clerk/v1/client/sign_ins", {{"Host", "127.0.0.1:3000"}}, body};
  check(frontendApi.serves(request.url), "it is below the path");
  // Send the status, each of the headers (there are several Set-Cookie), and the body.
  const http::Response response = frontendApi.handle(request);
  check(response.status == 200, "a ticket signs its user in");
}
// testing.md browser: end

// testing.md webhooks: begin
// The status of a backend's response to a webhook of Clerk.
int takeWebhook(const webhooks::Verifier& verifier, const http::RequestView& request) {
  const auto message = verifier.verify(request);
  return message && liveblocks::clerk::readWebhookEvent(*message) ? 200 : 400;
}

void webhooksAreSigned() {
  const testing::WebhookSigner clerk;
  const auto clock = std::make_shared<testing::ManualClock>(std::chrono::system_clock::now());
  webhooks::VerifierOptions options;
  options.secrets = {clerk.secret()};
  options.clock = clock;
  const webhooks::Verifier verifier(options);

  testing::WebhookSpec spec;
  spec.body = R"({"type":"user.deleted","data":{"id":"user_ada"}})";
  spec.family = webhooks::HeaderFamily::svix;  // Clerk's headers; those of Liveblocks are the default.
  spec.sentAt = clock->wall();
  const testing::SignedWebhook webhook = clerk.sign(spec);
  check(takeWebhook(verifier, webhook.request()) == 200, "a webhook of Clerk is taken");

  testing::SignedWebhook changed = webhook;
  changed.body.replace(changed.body.find("ada"), 3, "bob");
  check(takeWebhook(verifier, changed.request()) == 400, "not one that was changed");
  const testing::SignedWebhook forged = testing::WebhookSigner().sign(spec);
  check(takeWebhook(verifier, forged.request()) == 400, "nor one of somebody else");
  clock->advance(std::chrono::minutes(6));
  check(takeWebhook(verifier, webhook.request()) == 400, "nor one of six minutes ago");
}
// testing.md webhooks: end

// testing.md deliveries: begin
// The status of a backend that handles each event once.
int takeOnce(const webhooks::Verifier& verifier, const webhooks::Deduplicator& deduplicator,
             const http::RequestView& request, const std::function<bool()>& work) {
  const auto message = verifier.verify(request);
  if (!message) return 400;
  auto claim = deduplicator.claim(*message);
  if (!claim) return 503;
  if (claim->state() == webhooks::SeenState::inProgress) return 409;
  if (claim->state() == webhooks::SeenState::done) return 200;
  if (!work()) return 500;
  if (const auto done = claim->done(); !done) std::cerr << done.error().message << '\n';
  return 200;
}

void webhooksAreRepeated() {
  const testing::WebhookSigner clerk;
  webhooks::VerifierOptions options;
  options.secrets = {clerk.secret()};
  const webhooks::Verifier verifier(options);
  const webhooks::Deduplicator deduplicator;

  testing::WebhookSpec spec;
  spec.body = R"({"type":"user.deleted","data":{"id":"user_ada"}})";
  const testing::SignedWebhook first = clerk.sign(spec);
  spec.id = first.id;  // A repeated delivery has the same id.
  const testing::SignedWebhook second = clerk.sign(spec);

  int done = 0;
  const auto succeed = [&done] { return ++done > 0; };
  check(takeOnce(verifier, deduplicator, first.request(), [] { return false; }) == 500, "a failure is told");

  int meanwhile = 0;
  const auto work = [&] {
    meanwhile = takeOnce(verifier, deduplicator, second.request(), succeed);
    return succeed();
  };
  check(takeOnce(verifier, deduplicator, second.request(), work) == 200, "and the next delivery is worked on");
  check(meanwhile == 409, "a delivery that comes meanwhile is to come again");
  check(takeOnce(verifier, deduplicator, second.request(), succeed) == 200, "and then is reported as done");
  check(done == 1, "which it is, once");
}
// testing.md deliveries: end

}  // namespace

int main() {
  peopleEnterTheirOwnNotesOnly();
  sessionsEnd();
  clerkIsDown();
  liveblocksIsDown();
  roomsOpenToGuests();
  roomsCannotBeHad();
  liveblocksIsSlow();
  sessionsAreRenewed();
  browsersSignIn();
  webhooksAreSigned();
  webhooksAreRepeated();
}
