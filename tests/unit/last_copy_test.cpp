// What happens when the last copy of something is destroyed in the middle of one of its calls: the call goes on to its
// end. Under AddressSanitizer (`./dev asan`) a missing hold shows as a use after free; without it the canary tells.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include "both_forms.hpp"
#include "catch.hpp"

using namespace liveblocks;
using liveblocks_tests::BothForms;

namespace {

/// Owns the last copy of something, and destroys it when a transport, a log or a clock is called.
template <class T>
class LastCopy {
 public:
  void set(T value) { value_ = std::make_unique<T>(std::move(value)); }
  T& operator*() { return *value_; }

  /// Handed to what makes the copy, which lives as long as its inside does.
  std::shared_ptr<int> takeCanary() { return std::exchange(canary_, nullptr); }

  /// Destroys the copy; whether its inside, in which a call is under way, lives on is for `heldOn()`.
  void destroy() {
    if (!value_) return;
    value_.reset();
    isHeld_ = !alive_.expired();
  }
  bool heldOn() const { return isHeld_; }
  bool isGone() const { return alive_.expired(); }

 private:
  std::shared_ptr<int> canary_ = std::make_shared<int>();
  std::weak_ptr<int> alive_ = canary_;
  std::unique_ptr<T> value_;
  bool isHeld_ = false;
};

/// Answers after it has destroyed.
template <class T>
std::shared_ptr<testing::FakeTransport> transportThatDestroys(
    LastCopy<T>& last, std::string body, const std::shared_ptr<http::Scheduler>& scheduler = nullptr) {
  auto transport = std::make_shared<testing::FakeTransport>([&last, body = std::move(body)](const auto&, const auto&) {
    last.destroy();
    return testing::jsonResponse(200, body);
  });
  transport->setScheduler(scheduler);
  return transport;
}

template <class T>
Log quietLog(LastCopy<T>& last) {
  return [canary = last.takeCanary()](LogLevel, std::string_view) {};
}

template <class T>
Log logThatDestroys(LastCopy<T>& last) {
  return [&last, canary = last.takeCanary()](LogLevel, std::string_view) { last.destroy(); };
}

template <class T>
class ClockThatDestroys : public Clock {
 public:
  explicit ClockThatDestroys(LastCopy<T>& last) : last_(last), canary_(last.takeCanary()) {}
  std::chrono::system_clock::time_point wall() const override {
    LastCopy<T>& last = last_;
    last.destroy();
    return std::chrono::system_clock::time_point(std::chrono::seconds(1735689600));
  }

 private:
  LastCopy<T>& last_;
  std::shared_ptr<int> canary_;
};

const testing::ClerkIssuer& issuer() {
  static const testing::ClerkIssuer instance;
  return instance;
}

http::RequestView requestWith(std::string_view header, std::string_view value) {
  return {"GET", "https://app.example.com/", {{header, value}, {"Sec-Fetch-Dest", "document"}}};
}

}  // namespace

TEST_CASE("a client of Liveblocks can be destroyed during each of its calls") {
  using Call = std::function<void(const Liveblocks&)>;
  UpdateRoomOptions update;
  update.metadata = {{"a", "b"}};
  const Call call = GENERATE_COPY(
      as<Call>(),  //
      [](const Liveblocks& c) { (void)c.identifyUser({"user_1"}); }, [](const Liveblocks& c) { (void)c.getRooms(); },
      [](const Liveblocks& c) { (void)c.createRoom("a"); }, [](const Liveblocks& c) { (void)c.getOrCreateRoom("a"); },
      [](const Liveblocks& c) { (void)c.getRoom("a"); },
      [update](const Liveblocks& c) { (void)c.updateRoom("a", update); },
      [update](const Liveblocks& c) { (void)c.upsertRoom("a", update); },
      [](const Liveblocks& c) { (void)c.deleteRoom("a"); },
      [](const Liveblocks& c) {
        (void)c.updateRoomId({"a", "b"});
      },
      [](const Liveblocks& c) { (void)c.prewarmRoom("a"); }, [](const Liveblocks& c) { (void)c.getActiveUsers("a"); },
      [](const Liveblocks& c) { (void)c.broadcastEvent("a", Json(1)); },
      [](const Liveblocks& c) { (void)c.iterRooms().begin(); },
      [](const Liveblocks& c) { (void)c.prepareSession("user_1").authorize(); });
  LastCopy<Liveblocks> last;
  LiveblocksOptions options;
  options.secret = "sk_x";
  options.log = quietLog(last);
  const auto transport = transportThatDestroys(last, "{}");
  last.set(Liveblocks(std::exchange(options, {}), transport));
  call(*last);
  CHECK(transport->requestCount() == 1);
  CHECK(last.heldOn());
  CHECK(last.isGone());
}

TEST_CASE("a session can be destroyed while it logs or sends") {
  LastCopy<Session> last;
  const bool logs = GENERATE(false, true);
  const auto transport = transportThatDestroys(last, R"({"token":"t"})");
  {
    LiveblocksOptions options;
    options.secret = "sk_x";
    options.log = logs ? logThatDestroys(last) : quietLog(last);
    last.set(Liveblocks(options, transport).prepareSession("user_1"));
  }
  CHECK((*last).authorize().status == 200);
  CHECK(last.heldOn());
  CHECK(last.isGone());
}

TEST_CASE("an authenticator and a guard can be destroyed while Clerk is asked") {
  const auto [header, value] = GENERATE(table<std::string, std::string>({
      {"Authorization", "Bearer ak_1"},
      {"Cookie", "__clerk_handshake_nonce=n"},
      {"Authorization", "Bearer " + issuer().sessionToken()},
  }));
  const BothForms form;
  const auto authenticate = [&, name = header, content = value](const auto& by) {
    const http::RequestView request = requestWith(name, content);
    using Outcome = decltype(by.authenticate(request));
    (void)form.run<Outcome>([&] { return by.authenticate(request); },
                            [&](auto done) { by.authenticateAsync(http::ReceivedRequest::copyOf(request), done); });
  };
  const auto makeAuthenticator = [](const Log& log, const std::shared_ptr<testing::FakeTransport>& transport) {
    clerk::RequestAuthenticatorOptions options;
    options.publishableKey = issuer().publishableKey();
    options.acceptsToken = clerk::AcceptedTokens::any();
    options.secretKey = "sk_live_x";
    options.log = log;
    const auto keys = clerk::KeySource::backendApi("sk_live_x", "https://api.clerk.com", transport);
    return clerk::RequestAuthenticator(keys, options, transport);
  };
  SECTION("authenticator") {
    LastCopy<clerk::RequestAuthenticator> last;
    const auto transport = transportThatDestroys(last, issuer().jwks(), form.scheduler());
    last.set(makeAuthenticator(quietLog(last), transport));
    authenticate(*last);
    CHECK(last.heldOn());
    CHECK(last.isGone());
  }
  SECTION("guard") {
    LastCopy<clerk::RouteGuard> last;
    const auto transport = transportThatDestroys(last, issuer().jwks(), form.scheduler());
    last.set(clerk::RouteGuard(makeAuthenticator(quietLog(last), transport)));
    authenticate(*last);
    CHECK(last.heldOn());
    CHECK(last.isGone());
  }
}

TEST_CASE("a session verifier can be destroyed while keys are fetched") {
  const std::string token = issuer().sessionToken();
  const BothForms form;
  const bool refreshes = GENERATE(false, true);
  const auto call = [&](const clerk::SessionVerifier& verifier) {
    if (refreshes) {
      CHECK(form.run<Result<void>>([&] { return verifier.refreshKeys(); },
                                   [&](auto done) { verifier.refreshKeysAsync(done); }));
    } else {
      CHECK(form.run<Result<clerk::SessionClaims>>([&] { return verifier.verify(token); },
                                                   [&](auto done) { verifier.verifyAsync(token, done); }));
    }
  };
  LastCopy<clerk::SessionVerifier> last;
  const auto transport = transportThatDestroys(last, issuer().jwks(), form.scheduler());
  const auto keys = clerk::KeySource::backendApi("sk_live_x", "https://api.clerk.com", transport);
  {
    clerk::SessionVerifierOptions options;
    options.log = quietLog(last);
    last.set(clerk::SessionVerifier(keys, options));
  }
  call(*last);
  CHECK(last.heldOn());
  CHECK(last.isGone());
}

TEST_CASE("users can be destroyed while one is looked up") {
  const BothForms form;
  LastCopy<clerk::Users> last;
  const auto transport = transportThatDestroys(last, R"({"id":"user_1"})", form.scheduler());
  {
    clerk::UsersOptions options;
    options.secretKey = "sk_live_x";
    options.cacheTtl = std::chrono::seconds(GENERATE(0, 60));
    options.log = quietLog(last);
    last.set(clerk::Users(options, transport));
  }
  CHECK(form.run<Result<clerk::User>>([&] { return (*last).get("user_1"); },
                                      [&](auto done) { (*last).getAsync("user_1", done); }));
  CHECK(last.heldOn());
  CHECK(last.isGone());
}

TEST_CASE("signers and verifiers can be destroyed by their clock") {
  SECTION("JWTs for Ably") {
    LastCopy<ably::JwtSigner> last;
    last.set(ably::JwtSigner("app.key:secret", std::make_shared<ClockThatDestroys<ably::JwtSigner>>(last)));
    const auto capability = ably::Capability::parse(R"({"*":["subscribe"]})").value();
    CHECK((*last).sign({ably::ClientId::anonymous(), capability}));
    CHECK(last.heldOn());
    CHECK(last.isGone());
  }
  SECTION("token requests for Ably") {
    LastCopy<ably::TokenRequestSigner> last;
    last.set(ably::TokenRequestSigner("app.key:secret",
                                      std::make_shared<ClockThatDestroys<ably::TokenRequestSigner>>(last)));
    CHECK((*last).sign({ably::ClientId::anonymous(), ably::Capability::allKeyCapabilities()}));
    CHECK(last.heldOn());
    CHECK(last.isGone());
  }
  SECTION("webhooks") {
    LastCopy<webhooks::Verifier> last;
    {
      webhooks::VerifierOptions options;
      options.secrets = {"whsec_MDEyMzQ1Njc4OWFiY2RlZg=="};
      options.clock = std::make_shared<ClockThatDestroys<webhooks::Verifier>>(last);
      last.set(webhooks::Verifier(options));
    }
    const auto message =
        (*last).verify({"POST",
                        "/",
                        {{"webhook-id", "msg_1"}, {"webhook-timestamp", "1735689600"}, {"webhook-signature", "v1,bad"}},
                        "{}"});
    CHECK(message.error().code == Errc::badWebhookSignature);
    CHECK(last.heldOn());
    CHECK(last.isGone());
  }
}
