// What only asynchronous requests and callables have: callbacks, threads, cancellation, lateness.

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"
#include "log_lines.hpp"

namespace lb = liveblocks;
using liveblocks_tests::Outcome;
using liveblocks_tests::runAll;
using liveblocks_tests::scheduler;
using namespace std::chrono_literals;

namespace {

using DecisionDone = lb::Callback<lb::Decision>;
using CallerDone = lb::Callback<lb::Result<lb::Caller>>;

/// An endpoint whose callables leave their callbacks to the test.
struct Fixture {
  std::shared_ptr<lb::testing::FakeLiveblocks> project = std::make_shared<lb::testing::FakeLiveblocks>();
  liveblocks_tests::LogLines log;
  CallerDone callerDone;
  DecisionDone decisionDone;
  std::optional<lb::AuthRequest> asked;
  const lb::AuthRequest* lent = nullptr;
  Outcome<lb::http::Response> response;
  lb::CancellationSource cancellation;

  lb::Identify bob = [](const lb::http::RequestView&, lb::Deadline) { return lb::Caller{"bob"}; };
  lb::Identify identifyLater = [this](const lb::http::RequestView&, const lb::AsyncOptions&, CallerDone done) {
    callerDone = std::move(done);
  };
  lb::Decide decideLater = [this](const lb::AuthRequest& request, DecisionDone done) {
    lent = &request;
    decisionDone = std::move(done);
  };

  Fixture() { project->setScheduler(scheduler()); }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;
  /// What callbacks keep alive must not keep the callbacks.
  ~Fixture() { runAll(); }

  lb::AuthEndpoint endpoint(const lb::Identify& identify, const lb::Decide& decide,
                            std::chrono::milliseconds timeout = 8s) const {
    lb::AuthEndpointOptions options;
    options.log = log.callback();
    options.timeout = timeout;
    return {lb::Liveblocks({project->secretKey()}, project), identify, decide, options};
  }
  lb::AuthEndpoint endpoint() const { return endpoint(bob, decideLater); }

  static lb::http::ReceivedRequest request() { return {"POST", "/auth", {{"X-Tenant", "acme"}}, R"({"room":"r"})"}; }

  void handle(const lb::AuthEndpoint& by, const lb::AsyncOptions& how = {}) const {
    by.handleAsync(request(), response.callback(), how);
    CHECK(!response.isThere());
  }

  static lb::Decision granted() { return lb::Decision().allow("r", lb::FULL_ACCESS); }
};

std::optional<std::string> tenantOf(const lb::AuthRequest& request) {
  const auto tenant = lb::http::findHeader(request.httpRequest, "x-tenant");
  return tenant ? std::optional<std::string>(*tenant) : std::nullopt;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a decision that comes later is granted later, and its request stays valid until then") {
  handle(endpoint());
  scheduler()->run();
  CHECK(!response.isThere());
  REQUIRE(lent);
  CHECK(lent->caller.userId == "bob");
  CHECK(lent->room == "r");
  CHECK(tenantOf(*lent) == "acme");
  decisionDone(granted());
  CHECK(!response.isThere());
  scheduler()->run();
  CHECK(response.get().status == 200);
  decisionDone = nullptr;
}

TEST_CASE_METHOD(Fixture, "a decision and a caller may come from another thread") {
  handle(endpoint(identifyLater, decideLater));
  std::thread([this] { callerDone(lb::Caller{"bob"}); }).join();
  scheduler()->run();
  REQUIRE(decisionDone);
  std::thread([this] { decisionDone(granted()); }).join();
  scheduler()->run();
  CHECK(response.get().status == 200);
}

TEST_CASE_METHOD(Fixture, "a second decision, and a second caller, are ignored") {
  handle(endpoint(identifyLater, decideLater));
  callerDone(lb::Caller{"bob"});
  callerDone(lb::Error{lb::Errc::noToken, "x"});
  scheduler()->run();
  callerDone(lb::Error{lb::Errc::noToken, "x"});
  decisionDone(granted());
  decisionDone(lb::Decision::refuse("no"));
  runAll();
  decisionDone(lb::Decision::refuse("no"));
  runAll();
  CHECK(response.get().status == 200);
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(Fixture, "a decision that never comes is a 503 at the deadline") {
  handle(endpoint());
  scheduler()->runUntil(std::chrono::steady_clock::now() + 7s);
  CHECK(!response.isThere());
  scheduler()->runUntil(std::chrono::steady_clock::now() + 8s);
  CHECK(response.get().status == 503);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::warning);
  CHECK(log.lines->front().second ==
        R"(access could not be decided, user "bob", room "r": Access could not be decided in time)");
  decisionDone(granted());
  runAll();
  CHECK(project->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "a caller who never comes is a 503 at the deadline") {
  handle(endpoint(identifyLater, decideLater));
  runAll();
  CHECK(response.get().status == 503);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second == "callers cannot be identified: the caller was not identified by the deadline");
}

TEST_CASE_METHOD(Fixture, "the deadline of the host counts if it is earlier") {
  handle(endpoint(), {std::chrono::steady_clock::now() + 1s});
  scheduler()->runUntil(std::chrono::steady_clock::now() + 2s);
  CHECK(response.get().status == 503);
}

TEST_CASE_METHOD(Fixture, "a callable that dropped its callback is late, too") {
  handle(endpoint(bob, [](const lb::AuthRequest&, const DecisionDone&) {}));
  runAll();
  CHECK(response.get().status == 503);
}

TEST_CASE_METHOD(Fixture, "in the blocking form the thread waits for another one") {
  std::thread other;
  const lb::Decide decide = [&](const lb::AuthRequest& request, DecisionDone done) {
    other = std::thread([&request, done = std::move(done)] {
      done(tenantOf(request) == "acme" ? granted() : lb::Decision::refuse("not lent"));
    });
  };
  std::thread another;
  const lb::Identify identify = [&](const lb::http::RequestView& view, const lb::AsyncOptions& how, CallerDone done) {
    CHECK(how.deadline);
    another = std::thread([&view, done = std::move(done)] { done(lb::Caller{std::string(view.url)}); });
  };
  const lb::http::ReceivedRequest received = request();
  const lb::http::Response granting = endpoint(identify, decide).handle(received);
  other.join();
  another.join();
  CHECK(granting.status == 200);
  CHECK_THAT(project->requests().at(0).body, ContainsSubstring(R"("userId":"/auth")"));
}

TEST_CASE_METHOD(Fixture,
                 "in the blocking form what never comes is a 503 at the deadline, and may still use its request") {
  const lb::http::ReceivedRequest received = request();
  CHECK(endpoint(bob, decideLater, 1ms).handle(received).status == 503);
  REQUIRE(lent);
  CHECK(tenantOf(*lent) == "acme");
  decisionDone(granted());
  CHECK(endpoint(identifyLater, decideLater, 1ms).handle(received).status == 503);
  callerDone(lb::Caller{"bob"});
  CHECK(project->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "a callable that throws is a 500, whatever it does with its callback") {
  const bool callsBack = GENERATE(false, true);
  const auto throwing = [&](const auto& done, auto value) {
    if (callsBack) done(std::move(value));
    throw std::runtime_error("why");
  };
  SECTION("identify") {
    handle(endpoint([&](const lb::http::RequestView&, const lb::AsyncOptions&,
                        const CallerDone& done) { throwing(done, lb::Caller{"bob"}); },
                    decideLater));
  }
  SECTION("decide") {
    handle(endpoint(bob, [&](const lb::AuthRequest&, const DecisionDone& done) { throwing(done, granted()); }));
  }
  runAll();
  CHECK(response.get().status == 500);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second == "the auth endpoint caught an exception: why");
}

TEST_CASE_METHOD(Fixture, "an exception after something was waited for is a 500") {
  lb::Decide decide = decideLater;
  SECTION("in decide") {
    decide = [](const lb::AuthRequest&) -> lb::Decision { throw std::runtime_error("why"); };
  }
  SECTION("in what the decision grants") {}
  handle(endpoint(identifyLater, decide));
  // A user id that no session takes.
  callerDone(lb::Caller{decisionDone ? "bob" : ""});
  scheduler()->run();
  if (decisionDone) decisionDone(granted());
  runAll();
  CHECK(response.get().status == 500);
  CHECK(log.lines->size() == 1);
}

TEST_CASE_METHOD(Fixture, "a host that has cancelled gets a 503, and the log nothing") {
  lb::AsyncOptions how;
  how.cancellation = cancellation.token();
  SECTION("before") {
    cancellation.cancel();
    handle(endpoint(), how);
  }
  SECTION("while the caller is identified") {
    handle(endpoint(identifyLater, decideLater), how);
    cancellation.cancel();
    CHECK(!response.isThere());
  }
  SECTION("while access is decided") {
    handle(endpoint(), how);
    cancellation.cancel();
    decisionDone(granted());
  }
  SECTION("while Liveblocks is asked") {
    project->delayNext("/v2/authorize-user", 5s);
    handle(endpoint(), how);
    decisionDone(granted());
    scheduler()->run();
    CHECK(project->requestCount() == 1);
    cancellation.cancel();
  }
  scheduler()->run();
  CHECK(response.get().status == 503);
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(Fixture, "cancelling after the response changes nothing") {
  lb::AsyncOptions how;
  how.cancellation = cancellation.token();
  handle(endpoint(), how);
  decisionDone(granted());
  runAll();
  cancellation.cancel();
  runAll();
  CHECK(response.get().status == 200);
}

TEST_CASE_METHOD(Fixture, "a callback of a host that throws is nobody's concern") {
  int calls = 0;
  endpoint().handleAsync(request(), [&](const lb::http::Response&) {
    ++calls;
    throw std::runtime_error("why");
  });
  decisionDone(granted());
  runAll();
  CHECK(calls == 1);
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(Fixture, "an executor delivers the response") {
  std::vector<std::function<void()>> tasks;
  lb::AsyncOptions how;
  how.executor = [&](std::function<void()> task) { tasks.push_back(std::move(task)); };
  const std::string method = GENERATE("POST", "GET");
  lb::http::ReceivedRequest received = request();
  received.method = method;
  endpoint(bob, [](const lb::AuthRequest&) { return granted(); }).handleAsync(received, response.callback(), how);
  runAll();
  CHECK(!response.isThere());
  REQUIRE(tasks.size() == 1);
  tasks.front()();
  CHECK(response.get().status == (method == "GET" ? 405 : 200));
}

TEST_CASE_METHOD(Fixture, "the endpoint may be destroyed while it handles a request") {
  std::optional<lb::AuthEndpoint> last(endpoint());
  handle(*last);
  last.reset();
  decisionDone(granted());
  runAll();
  CHECK(response.get().status == 200);
}

TEST_CASE_METHOD(Fixture, "an asynchronous request needs a callback and an asynchronous transport") {
  CHECK_THROWS_AS(endpoint().handleAsync(request(), nullptr), std::invalid_argument);
  project->setScheduler(nullptr);
  endpoint().handleAsync(request(), response.callback());
  CHECK(response.get().status == 503);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second ==
        "Liveblocks did not respond: its transport can only block: asynchronous calls need one with a loop");
}

TEST_CASE_METHOD(Fixture, "without a transport an asynchronous request is a 500, as a blocking one") {
  const lb::AuthEndpoint alone(lb::Liveblocks({"sk_x"}, nullptr), bob,
                               [](const lb::AuthRequest&) { return granted(); });
  const lb::http::ReceivedRequest received = request();
  CHECK(alone.handle(received).status == 500);
  alone.handleAsync(request(), response.callback());
  CHECK(response.get().status == 500);
}

TEST_CASE_METHOD(Fixture, "a changed caller is the same in both forms") {
  const lb::Identify later = [](const lb::http::RequestView&, const lb::AsyncOptions&, const CallerDone& done) {
    done(lb::Caller{"bob"});
  };
  const lb::Identify changed = GENERATE_COPY(values<lb::Identify>({bob, later}))
                                   .then([](lb::Caller caller) {
                                     caller.userId += "!";
                                     return caller;
                                   })
                                   .then([](lb::Caller caller) -> lb::Result<lb::Caller> {
                                     if (caller.userId != "bob!") return lb::Error{lb::Errc::noToken, "x"};
                                     caller.userId += "?";
                                     return caller;
                                   });
  const auto decide = [this](const lb::AuthRequest& request) {
    asked = request;
    return granted();
  };
  SECTION("asynchronous") {
    handle(endpoint(changed, decide));
    runAll();
    CHECK(response.get().status == 200);
  }
  SECTION("blocking") {
    const lb::http::ReceivedRequest received = request();
    CHECK(endpoint(changed, decide).handle(received).status == 200);
  }
  CHECK(asked.value().caller.userId == "bob!?");
}

TEST_CASE_METHOD(Fixture, "a change that throws is a 500 in both forms") {
  const lb::Identify changed =
      identifyLater.then([](const lb::Caller&) -> lb::Result<lb::Caller> { throw std::runtime_error("why"); });
  handle(endpoint(changed, decideLater));
  callerDone(lb::Caller{"bob"});
  runAll();
  CHECK(response.get().status == 500);
  CHECK_THROWS_AS(bob.then(nullptr), std::invalid_argument);
}

TEST_CASE_METHOD(Fixture,
                 "a decision, a cancellation and the deadline may come at once, and one response comes of it") {
  for (int round = 0; round < 100; ++round) {
    std::thread decides;
    const lb::Decide decide = [&decides](const lb::AuthRequest&, const DecisionDone& done) {
      decides = std::thread([done] { done(granted()); });
    };
    const Outcome<lb::http::Response> outcome;
    const lb::CancellationSource source;
    std::thread cancels([&source] { source.cancel(); });
    endpoint(bob, decide)
        .handleAsync(request(), outcome.callback(), {std::chrono::steady_clock::now() + 1ms, source.token()});
    while (!outcome.isThere()) scheduler()->run();
    cancels.join();
    if (decides.joinable()) decides.join();
    runAll();
    CHECK((outcome.get().status == 200 || outcome.get().status == 503));
  }
}
