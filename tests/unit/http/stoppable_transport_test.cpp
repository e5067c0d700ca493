#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/http/stoppable_transport.hpp>
#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::testing::ClerkIssuer;
using liveblocks::testing::FakeTransport;
using liveblocks::testing::ManualScheduler;

namespace {

using Transport = std::shared_ptr<http::Transport>;
using Answer = liveblocks::Result<http::Response>;

const ClerkIssuer& issuer() {
  static const ClerkIssuer instance;
  return instance;
}

/// A transport that can be stopped, and the one behind it.
struct Stoppable {
  std::shared_ptr<FakeTransport> inner = std::make_shared<FakeTransport>();
  std::shared_ptr<http::StoppableTransport> transport = std::make_shared<http::StoppableTransport>(inner);

  /// It is stopped while the first exchange is under way, which then ends so.
  void stopDuringExchange(const Answer& answer) const {
    inner->setHandler([stop = transport.get(), answer](const http::Request&, const http::Call& call) -> Answer {
      stop->stop();
      if (!call.cancelled || !call.cancelled()) return Error{Errc::internal, "the call does not know"};
      return answer;
    });
  }
};

Error cancelled() { return {Errc::cancelled, "x"}; }

template <class T>
Errc codeOf(const liveblocks::Result<T>& outcome) {
  return outcome ? Errc{} : outcome.error().code;
}

liveblocks::Liveblocks client(const Transport& transport) { return liveblocks::Liveblocks({"sk_test_x"}, transport); }

clerk::SessionVerifier verifier(const Transport& transport) {
  clerk::SessionVerifierOptions options;
  options.publishableKey = issuer().publishableKey();
  options.missingParty = clerk::MissingParty::allow;
  return clerk::SessionVerifier(clerk::KeySource::backendApi("sk_live_x", "https://api.test", transport), options);
}

clerk::RequestAuthenticator authenticator(const Transport& transport) {
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = issuer().publishableKey();
  options.secretKey = "sk_live_x";
  options.missingParty = clerk::MissingParty::allow;
  options.publicOrigin = "https://app.example.com";
  options.acceptsToken = clerk::AcceptedTokens::any();
  return clerk::RequestAuthenticator(clerk::KeySource::backendApi("sk_live_x", "https://api.test", transport), options,
                                     transport);
}

Errc authenticated(const Transport& transport, const std::string& name, const std::string& value) {
  const auto state = authenticator(transport).authenticate({"GET", "/", {{name, value}}});
  return state.error() ? state.error()->code : Errc{};
}

Errc walked(const Transport& transport) {
  liveblocks::RoomRange rooms = client(transport).iterRooms();
  int count = 0;
  Errc last{};
  for (const auto& room : rooms) {
    last = codeOf(room);
    ++count;
  }
  return count == 1 ? last : Errc::internal;
}

liveblocks::UpdateRoomOptions change() {
  liveblocks::UpdateRoomOptions update;
  update.defaultAccesses = liveblocks::READ_ACCESS;
  return update;
}

struct PublicCall {
  std::string name;
  std::function<Errc(const Transport&)> make;
  /// It repeats what a repeat may mend.
  bool repeats = true;
};

std::vector<PublicCall> sessionsAndTokens() {
  return {
      {"authorize",
       [](const Transport& transport) {
         auto session = client(transport).prepareSession("bob");
         session.allow("room", liveblocks::FULL_ACCESS);
         return session.authorize().error.value().code;
       }},
      {"identifyUser",
       [](const Transport& transport) { return client(transport).identifyUser({"bob"}).error.value().code; }},
      {"verify",
       [](const Transport& transport) { return codeOf(verifier(transport).verify(issuer().sessionToken())); }},
      {"authenticate a session",
       [](const Transport& transport) {
         const std::string header = "Bearer " + issuer().sessionToken();
         return codeOf(verifier(transport).authenticate({"GET", "/", {{"Authorization", header}}}));
       }},
      {"refreshKeys", [](const Transport& transport) { return codeOf(verifier(transport).refreshKeys()); }},
      {"refreshKeys of an authenticator",
       [](const Transport& transport) { return codeOf(authenticator(transport).refreshKeys()); }},
      {"refreshKeys of a guard",
       [](const Transport& transport) { return codeOf(clerk::RouteGuard(authenticator(transport)).refreshKeys()); }},
      {"users.get",
       [](const Transport& transport) { return codeOf(clerk::Users({"sk_live_x"}, transport).get("user_1")); }},
      {"authenticate a request",
       [](const Transport& transport) {
         return authenticated(transport, "Authorization", "Bearer " + issuer().sessionToken());
       }},
      {"an opaque machine token",
       [](const Transport& transport) { return authenticated(transport, "Authorization", "Bearer ak_x"); }, false},
  };
}

std::vector<PublicCall> roomCalls() {
  return {
      {"getRooms", [](const Transport& transport) { return codeOf(client(transport).getRooms()); }},
      {"iterRooms", walked},
      {"createRoom", [](const Transport& transport) { return codeOf(client(transport).createRoom("a")); }, false},
      {"getOrCreateRoom", [](const Transport& transport) { return codeOf(client(transport).getOrCreateRoom("a")); }},
      {"getRoom", [](const Transport& transport) { return codeOf(client(transport).getRoom("a")); }},
      {"updateRoom", [](const Transport& transport) { return codeOf(client(transport).updateRoom("a", change())); }},
      {"upsertRoom", [](const Transport& transport) { return codeOf(client(transport).upsertRoom("a", change())); }},
      {"deleteRoom", [](const Transport& transport) { return codeOf(client(transport).deleteRoom("a")); }},
      {"updateRoomId",
       [](const Transport& transport) {
         return codeOf(client(transport).updateRoomId({"a", "b"}));
       },
       false},
      {"prewarmRoom", [](const Transport& transport) { return codeOf(client(transport).prewarmRoom("a")); }},
      {"getActiveUsers", [](const Transport& transport) { return codeOf(client(transport).getActiveUsers("a")); }},
      {"broadcastEvent",
       [](const Transport& transport) { return codeOf(client(transport).broadcastEvent("a", liveblocks::Json())); },
       false},
  };
}

std::vector<PublicCall> publicCalls() {
  std::vector<PublicCall> calls = sessionsAndTokens();
  for (auto& call : roomCalls()) calls.push_back(std::move(call));
  return calls;
}

/// Of a whole endpoint for a signed-in user.
http::Response endpointAnswer(const Transport& transport) {
  const liveblocks::AuthEndpoint endpoint(
      client(transport), liveblocks::clerkIdentity(verifier(transport), "sk_live_x", transport),
      [](const liveblocks::Caller&, const std::optional<std::string>& room) {
        return liveblocks::Decision().allow(room.value_or("a"), liveblocks::FULL_ACCESS);
      });
  const std::string header = "Bearer " + issuer().sessionToken();
  return endpoint.handle({"POST", "/auth", {{"Authorization", header}}, R"({"room":"a"})"});
}

}  // namespace

TEST_CASE("every call that reaches the network ends when the transport is stopped") {
  for (const PublicCall& call : publicCalls()) {
    CAPTURE(call.name);
    const Stoppable stoppable;
    stoppable.stopDuringExchange(cancelled());
    CHECK(call.make(stoppable.transport) == Errc::cancelled);
    CHECK(stoppable.inner->requestCount() == 1);
  }
}

TEST_CASE("no call reaches the network once the transport is stopped") {
  for (const PublicCall& call : publicCalls()) {
    CAPTURE(call.name);
    const Stoppable stoppable;
    stoppable.transport->stop();
    CHECK(call.make(stoppable.transport) == Errc::cancelled);
    CHECK(stoppable.inner->requestCount() == 0);
  }
}

TEST_CASE("every wait between two attempts ends when the transport is stopped") {
  for (const PublicCall& call : publicCalls()) {
    if (!call.repeats) continue;
    CAPTURE(call.name);
    const Stoppable stoppable;
    stoppable.stopDuringExchange(http::Response{429, {{"Retry-After", "1"}}, {}});
    CHECK(call.make(stoppable.transport) == Errc::cancelled);
    CHECK(stoppable.inner->requestCount() == 1);
  }
}

TEST_CASE("what must happen once does not wait for another attempt either") {
  for (const PublicCall& call : roomCalls()) {
    if (call.repeats) continue;
    CAPTURE(call.name);
    const Stoppable stoppable;
    stoppable.stopDuringExchange(http::Response{429, {{"Retry-After", "1"}}, {}});
    CHECK(call.make(stoppable.transport) == Errc::cancelled);
  }
}

TEST_CASE("an endpoint that is stopped asks browsers to come again") {
  const Stoppable stoppable;
  SECTION("beforehand") { stoppable.transport->stop(); }
  SECTION("during the fetch of keys") { stoppable.stopDuringExchange(cancelled()); }
  SECTION("after the keys") { stoppable.stopDuringExchange(http::Response{200, {}, issuer().jwks()}); }
  CHECK(endpointAnswer(stoppable.transport).status == 503);
}

TEST_CASE("a guard that is stopped does not send people to sign in") {
  const Stoppable stoppable;
  stoppable.transport->stop();
  const clerk::RouteGuard guard(authenticator(stoppable.transport));
  const std::string header = "Bearer " + issuer().sessionToken();
  const auto result = guard.authenticate({"GET", "/api/x", {{"Authorization", header}}});
  REQUIRE(result.response);
  CHECK(result.response->status == 503);
}

TEST_CASE("until it is stopped, everything passes through") {
  const Stoppable stoppable;
  http::Call seen;
  stoppable.inner->setHandler([&](const http::Request&, const http::Call& call) {
    seen = call;
    return http::Response{418, {}, "tea"};
  });
  http::Call call{std::chrono::steady_clock::now() + std::chrono::minutes(1), 77};
  call.allowInsecureHttp = true;
  call.once = true;
  bool mine = false;
  call.cancelled = [&] { return mine; };
  const auto answer = stoppable.transport->send({"GET", "https://x.test/a", {{"A", "b"}}, "c"}, call);
  CHECK(answer.value().body == "tea");
  CHECK(seen.deadline == call.deadline);
  CHECK(seen.maxBody == 77);
  CHECK((seen.allowInsecureHttp && seen.once));
  CHECK_FALSE(seen.cancelled());
  mine = true;
  CHECK(seen.cancelled());
  CHECK(stoppable.inner->requests().at(0).url == "https://x.test/a");
}

TEST_CASE("one switch stops what stands in front of it, too") {
  const Stoppable inside;
  const auto outside = std::make_shared<http::StoppableTransport>(inside.transport);
  CHECK_FALSE(outside->isStopped());
  inside.transport->stop();
  CHECK(outside->isStopped());
  CHECK(codeOf(outside->send({"GET", "https://x.test", {}, {}}, {})) == Errc::cancelled);
}

TEST_CASE("an asynchronous exchange can be stopped") {
  struct Asynchronous : http::Transport {
    Answer send(const http::Request&, const http::Call&) override { return cancelled(); }
    bool start(http::Request&, const http::Call& call, Completion& done) override {
      begun = std::move(done);
      isCancelled = call.cancelled;
      return true;
    }
    Completion begun;
    std::function<bool()> isCancelled;
  };
  const auto inner = std::make_shared<Asynchronous>();
  auto transport = std::make_shared<http::StoppableTransport>(inner);
  http::Request request;
  http::Transport::Completion done = [](const Answer&) {};
  REQUIRE(transport->start(request, {}, done));
  CHECK_FALSE(inner->isCancelled());
  transport->stop();
  transport.reset();
  CHECK(inner->isCancelled());
  CHECK(inner.use_count() == 1);
}

TEST_CASE("an exchange that is started afterwards is cancelled on the scheduler of the other transport") {
  const Stoppable stoppable;
  const auto scheduler = std::make_shared<ManualScheduler>();
  stoppable.inner->setScheduler(scheduler);
  CHECK(stoppable.transport->scheduler() == scheduler);
  stoppable.transport->stop();
  http::Request request;
  Errc code{};
  http::Transport::Completion done = [&](const Answer& answer) { code = codeOf(answer); };
  CHECK(stoppable.transport->start(request, {}, done));
  CHECK_FALSE(done);
  CHECK(code == Errc{});
  scheduler->run();
  CHECK(code == Errc::cancelled);
  CHECK(stoppable.inner->requestCount() == 0);
}

TEST_CASE("a transport that can only block says so through the switch") {
  const Stoppable stoppable;
  if (GENERATE(false, true)) stoppable.transport->stop();
  http::Request request;
  http::Transport::Completion done = [](const Answer&) {};
  CHECK_FALSE(stoppable.transport->start(request, {}, done));
  CHECK(stoppable.transport->scheduler() == nullptr);
  CHECK(done);
}

TEST_CASE("what the other transport throws does not leave send") {
  struct Throwing : http::Transport {
    Answer send(const http::Request&, const http::Call&) override { throw std::runtime_error("no"); }
  };
  http::StoppableTransport transport(std::make_shared<Throwing>());
  CHECK(codeOf(transport.send({}, {})) == Errc::internal);
}

TEST_CASE("a switch needs a transport") { CHECK_THROWS_AS(http::StoppableTransport(nullptr), std::invalid_argument); }
