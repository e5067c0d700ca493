#include "http/retry.hpp"

#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "catch.hpp"

namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::Result;
using liveblocks::testing::FakeTransport;
using liveblocks::testing::ManualScheduler;
using namespace std::chrono_literals;

namespace {

/// A transport whose attempts may fail to start, from a given one on.
class BrokenTransport : public FakeTransport {
 public:
  enum class Way { refuses, throws, isStopped };

  bool start(http::Request& request, const http::Call& call, Completion& done) override {
    if (++attempts >= brokenFrom && way == Way::refuses) return false;
    if (attempts >= brokenFrom && way == Way::throws) throw std::runtime_error("broken");
    return FakeTransport::start(request, call, done);
  }
  bool isStopped() const noexcept override { return way == Way::isStopped; }

  std::optional<Way> way;
  int brokenFrom = 1;
  int attempts = 0;
};

struct Fixture {
  std::shared_ptr<ManualScheduler> scheduler = std::make_shared<ManualScheduler>();
  std::shared_ptr<BrokenTransport> transport = std::make_shared<BrokenTransport>();
  liveblocks::CancellationSource cancellation;
  http::Call call{std::chrono::steady_clock::now() + 1h};
  http::detail::RetryPolicy policy;
  std::optional<Result<http::Response>> outcome;

  Fixture() {
    transport->setScheduler(scheduler);
    call.cancellation = cancellation.token();
  }

  void start() {
    http::detail::startWithRetry(transport, {"GET", "https://api.example", {}, {}}, call, policy,
                                 [this](Result<http::Response> result) {
                                   REQUIRE(!outcome);
                                   outcome = std::move(result);
                                 });
  }
  void runAll() { scheduler->runUntil((liveblocks::Deadline::max)()); }
  Errc code() const { return outcome.value().error().code; }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a transport that can only block completes at once") {
  transport->setScheduler(nullptr);
  start();
  CHECK(code() == Errc::asyncUnsupported);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(Fixture, "a transport whose attempt does not start ends the exchange") {
  const auto [way, expected] = GENERATE(table<BrokenTransport::Way, Errc>({
      {BrokenTransport::Way::refuses, Errc::asyncUnsupported},
      {BrokenTransport::Way::throws, Errc::internal},
  }));
  transport->way = way;
  transport->brokenFrom = GENERATE(1, 2);
  start();
  CHECK(!outcome);
  runAll();
  CHECK(code() == expected);
  CHECK(transport->attempts == transport->brokenFrom);
}

TEST_CASE_METHOD(Fixture, "an exchange that is cancelled before it begins sends nothing") {
  cancellation.cancel();
  start();
  CHECK(!outcome);
  scheduler->run();
  CHECK(code() == Errc::cancelled);
  CHECK(transport->attempts == 0);
}

TEST_CASE_METHOD(Fixture, "a cancelled exchange is not repeated") {
  start();
  SECTION("if it was in flight") {
    cancellation.cancel();
    scheduler->run();
  }
  SECTION("if it waits for another attempt") {
    scheduler->run();
    CHECK(!outcome);
    cancellation.cancel();
    CHECK(!outcome);
    scheduler->run();
  }
  CHECK(code() == Errc::cancelled);
  CHECK(transport->attempts == 1);
  CHECK(scheduler->pending() == 0);
}

TEST_CASE_METHOD(Fixture, "a transport that is stopped ends a wait") {
  start();
  scheduler->run();
  transport->way = BrokenTransport::Way::isStopped;
  scheduler->runUntil(std::chrono::steady_clock::now() + 50ms);
  CHECK(code() == Errc::cancelled);
}

TEST_CASE_METHOD(Fixture, "cancelling after the end changes nothing") {
  transport->pushJson(503, "{}");
  transport->pushJson(200, "{}");
  start();
  runAll();
  CHECK(outcome.value().value().status == 200);
  cancellation.cancel();
  CHECK(scheduler->pending() == 0);
}

TEST_CASE_METHOD(Fixture, "a policy that throws ends the exchange") {
  policy.repeating = [](const auto&) { throw std::runtime_error("why"); };
  start();
  runAll();
  CHECK(code() == Errc::internal);
}

TEST_CASE_METHOD(Fixture, "the text of an error is without credentials") {
  policy = http::detail::RetryPolicy::off();
  transport->push(Error{Errc::tls, "refused sk_test_abcdefghijklmnop"});
  start();
  runAll();
  CHECK(outcome.value().error().message.find("abcdef") == std::string::npos);
}

TEST_CASE_METHOD(Fixture, "the deadline is reached when the scheduler says so") {
  transport->setHandler([&](const auto&, const auto&) -> Result<http::Response> {
    return Error{Errc::connect, "x", 0, 40min};
  });
  start();
  runAll();
  CHECK(code() == Errc::connect);
  CHECK(transport->attempts == 2);
}

TEST_CASE_METHOD(Fixture, "the transport is kept until the end") {
  const std::weak_ptr<BrokenTransport> weak = transport;
  start();
  transport = nullptr;
  CHECK(!weak.expired());
  runAll();
  CHECK(code() == Errc::connect);
  CHECK(weak.expired());
}
