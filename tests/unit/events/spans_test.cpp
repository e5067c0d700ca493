// A span that was begun ends once, whatever becomes of the attempt.

#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"
#include "spans.hpp"

namespace lb = liveblocks;
using liveblocks_tests::Spans;

namespace {

/// Misbehaves as it is told.
class TestTransport : public lb::testing::FakeTransport {
 public:
  enum class Way { works, throws, throwsBadAlloc, refuses, losesItsTask };

  lb::Result<lb::http::Response> send(const lb::http::Request& request, const lb::http::Call& call) override {
    fail();
    return FakeTransport::send(request, call);
  }
  bool start(lb::http::Request& request, const lb::http::Call& call, Completion& done) override {
    fail();
    if (way == Way::refuses) return false;
    if (way == Way::losesItsTask) return static_cast<bool>(Completion(std::move(done)));
    return FakeTransport::start(request, call, done);
  }

  Way way = Way::works;

 private:
  void fail() const {
    if (way == Way::throws) throw std::runtime_error("broken");
    if (way == Way::throwsBadAlloc) throw std::bad_alloc();
  }
};

struct SpansFixture {
  Spans spans;
  std::shared_ptr<lb::testing::ManualScheduler> scheduler = std::make_shared<lb::testing::ManualScheduler>();
  std::shared_ptr<TestTransport> transport = std::make_shared<TestTransport>();
  lb::LiveblocksOptions options;
  lb::CancellationSource cancellation;
  int calls = 0;

  SpansFixture() {
    options.secret = "sk_testingtesting";
    spans.observe(options.events);
  }

  void block() const { static_cast<void>(lb::Liveblocks(options, transport).identifyUser({"bob"})); }
  void start() {
    transport->setScheduler(scheduler);
    lb::Liveblocks(options, transport)
        .identifyUserAsync({"bob"}, {}, [this](const auto&) { ++calls; }, {std::nullopt, cancellation.token()});
  }
  void runAll() const { scheduler->runUntil((lb::Deadline::max)()); }
  void check(int count, const std::string& last) const {
    CHECK(spans.begun() == count);
    CHECK(spans.ended() == count);
    CHECK(spans.isClean());
    CHECK(spans.last() == last);
  }
};

}  // namespace

TEST_CASE_METHOD(SpansFixture, "each attempt has a span") {
  transport->pushJson(503, "{}");
  transport->pushJson(200, R"({"token":"a.b.c"})");
  if (GENERATE(false, true)) {
    start();
    runAll();
  } else {
    block();
  }
  check(2, "200");
}

TEST_CASE_METHOD(SpansFixture, "a span ends when the transport throws") {
  transport->way = TestTransport::Way::throws;
  if (GENERATE(false, true)) {
    start();
    runAll();
    CHECK(calls == 1);
  } else {
    block();
  }
  check(1, "internal");
}

TEST_CASE_METHOD(SpansFixture, "a span ends when there is no memory to begin") {
  transport->way = TestTransport::Way::throwsBadAlloc;
  CHECK_THROWS_AS(start(), std::bad_alloc);
  CHECK(calls == 0);
  check(1, "internal");
}

TEST_CASE_METHOD(SpansFixture, "a span ends when the transport does not take the request") {
  transport->way = TestTransport::Way::refuses;
  start();
  runAll();
  CHECK(calls == 1);
  check(1, "async_unsupported");
}

TEST_CASE_METHOD(SpansFixture, "a span ends when the transport loses the request") {
  transport->way = TestTransport::Way::losesItsTask;
  start();
  runAll();
  CHECK(calls == 0);
  check(1, "internal");
}

TEST_CASE_METHOD(SpansFixture, "a span ends when the call is cancelled in flight, and the next does not begin") {
  transport->pushJson(503, "{}");
  SECTION("in flight") {
    start();
    cancellation.cancel();
    runAll();
    check(1, "cancelled");
  }
  SECTION("while it waits to try again") {
    start();
    scheduler->run();
    cancellation.cancel();
    runAll();
    check(1, "503");
  }
  SECTION("before it begins") {
    cancellation.cancel();
    start();
    runAll();
    CHECK(spans.begun() == 0);
  }
  CHECK(calls == 1);
}

TEST_CASE_METHOD(SpansFixture, "a transport that can only block begins no span of an asynchronous call") {
  lb::Liveblocks(options, transport).identifyUserAsync({"bob"}, {}, [this](const auto&) { ++calls; });
  CHECK(calls == 1);
  CHECK(spans.begun() == 0);
}

TEST_CASE_METHOD(SpansFixture, "a begin that throws has no end, and the call goes on") {
  options.events.begin = [](const auto&) -> lb::Events::Span { throw std::runtime_error("mine"); };
  int exchanges = 0;
  options.events.exchange = [&](const auto&) { ++exchanges; };
  transport->pushJson(200, R"({"token":"a.b.c"})");
  CHECK(lb::Liveblocks(options, transport).identifyUser({"bob"}).status == 200);
  CHECK(spans.ended() == 0);
  CHECK(exchanges == 1);
}

TEST_CASE_METHOD(SpansFixture, "a null span ends as well") {
  std::vector<lb::Events::Span> ended;
  options.events.begin = [](const auto&) { return lb::Events::Span(); };
  options.events.end = [&](const lb::Events::Span& span, const auto&) { ended.push_back(span); };
  transport->pushJson(200, R"({"token":"a.b.c"})");
  block();
  CHECK(ended == std::vector<lb::Events::Span>{nullptr});
}

TEST_CASE_METHOD(SpansFixture, "exceptions of callables are swallowed") {
  options.events.begin = {};
  options.events.end = [](const auto&, const auto&) { throw 1; };
  options.events.exchange = [](const auto&) { throw std::runtime_error("mine"); };
  options.events.propagate = [](const auto&, const auto&) -> lb::Events::TraceHeaders { throw 1; };
  transport->pushJson(200, R"({"token":"a.b.c"})");
  CHECK(lb::Liveblocks(options, transport).identifyUser({"bob"}).status == 200);
  CHECK(transport->requestCount() == 1);
}
