#include "http/retry.hpp"

#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::testing::FakeTransport;
using liveblocks::testing::ManualScheduler;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using namespace std::chrono_literals;

namespace {

/// Sleeping moves its clock and is written down.
class FakeRuntime : public http::detail::RetryRuntime {
 public:
  std::chrono::steady_clock::time_point now() const override { return start + slept; }
  std::chrono::system_clock::time_point wall() const override {
    return std::chrono::system_clock::time_point(seconds(784111777));
  }
  double random() override { return chance; }
  void sleepFor(nanoseconds time) override { slept += time; }

  const std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  nanoseconds slept{0};
  double chance = 0.5;
};

/// A timer that runs moves the clock of a runtime, as sleeping does.
class SleepingScheduler : public ManualScheduler {
 public:
  explicit SleepingScheduler(FakeRuntime& runtime) : runtime_(runtime) {}

  TimerId runAt(liveblocks::Deadline when, Task task) override {
    return ManualScheduler::runAt(when, [this, when, task = std::move(task)] {
      runtime_.slept = when - runtime_.start;
      task();
    });
  }

 private:
  FakeRuntime& runtime_;
};

enum class Form { blocking, asynchronous };

/// Each case is run in both forms.
struct Fixture {
  FakeRuntime runtime;
  std::shared_ptr<SleepingScheduler> scheduler = std::make_shared<SleepingScheduler>(runtime);
  std::shared_ptr<FakeTransport> shared = std::make_shared<FakeTransport>();
  FakeTransport& transport = *shared;
  http::detail::RetryPolicy policy;
  http::Call call{runtime.now() + 10s};
  Form form = GENERATE(Form::blocking, Form::asynchronous);

  static http::Request request() { return {"GET", "https://api.example", {}, "body"}; }

  liveblocks::Result<http::Response> send() {
    if (form == Form::blocking) {
      return http::detail::sendWithRetry(transport, request(), call, policy, runtime);
    }
    transport.setScheduler(scheduler);
    std::optional<liveblocks::Result<http::Response>> outcome;
    http::detail::startWithRetry(
        shared, request(), call, policy,
        [&outcome](liveblocks::Result<http::Response> result) {
          REQUIRE(!outcome);
          outcome = std::move(result);
        },
        {}, &runtime);
    CHECK(!outcome);
    scheduler->runUntil((liveblocks::Deadline::max)());
    return outcome.value();
  }
};

http::Response busy(const std::string& retryAfter) { return {429, {{"Retry-After", retryAfter}}, {}}; }

}  // namespace

TEST_CASE_METHOD(Fixture, "an answer is returned without a repeat") {
  const int status = GENERATE(200, 302, 400, 401, 403, 404, 409, 501);
  CAPTURE(status);
  transport.pushJson(status, "{}");
  CHECK(send().value().status == status);
  CHECK(transport.requestCount() == 1);
  CHECK(runtime.slept == 0ns);
}

TEST_CASE_METHOD(Fixture, "a request without an answer is repeated") {
  const Errc code = GENERATE(Errc::resolve, Errc::connect, Errc::reset, Errc::timeout);
  transport.push(Error{code, "x"});
  transport.pushJson(200, "{}");
  CHECK(send().value().status == 200);
  REQUIRE(transport.requestCount() == 2);
  for (const http::Request& sent : transport.requests()) CHECK(sent.body == "body");
}

TEST_CASE_METHOD(Fixture, "a failure that a repeat cannot mend is final") {
  const Errc code = GENERATE(Errc::tls, Errc::tooLarge, Errc::invalidRequest, Errc::cancelled, Errc::internal);
  transport.push(Error{code, "x"});
  CHECK(send().error().code == code);
  CHECK(transport.requestCount() == 1);
}

TEST_CASE_METHOD(Fixture, "a busy peer is asked again") {
  const int status = GENERATE(429, 500, 502, 503, 504);
  transport.pushJson(status, "{}");
  transport.pushJson(200, "{}");
  CHECK(send().value().status == 200);
}

TEST_CASE_METHOD(Fixture, "the policy chooses the statuses") {
  policy.statuses = {418};
  transport.pushJson(418, "{}");
  transport.pushJson(503, "{}");
  CHECK(send().value().status == 503);
  CHECK(transport.requestCount() == 2);
}

TEST_CASE_METHOD(Fixture, "the policy chooses the failures") {
  policy.failures = {Errc::tls};
  transport.push(Error{Errc::tls, "x"});
  transport.push(Error{Errc::reset, "x"});
  CHECK(send().error().code == Errc::reset);
  CHECK(transport.requestCount() == 2);
}

TEST_CASE_METHOD(Fixture, "what must happen once is repeated only where it cannot have happened") {
  policy = http::detail::RetryPolicy::once();
  const auto [outcome, repeated] = GENERATE(table<liveblocks::Result<http::Response>, bool>({
      {Error{Errc::resolve, "x"}, true},
      {Error{Errc::connect, "x"}, true},
      {http::Response{429, {}, {}}, true},
      {Error{Errc::reset, "x"}, false},
      {Error{Errc::timeout, "x"}, false},
      {Error{Errc::tls, "x"}, false},
      {http::Response{500, {}, {}}, false},
      {http::Response{502, {}, {}}, false},
      {http::Response{503, {}, {}}, false},
      {http::Response{504, {}, {}}, false},
  }));
  transport.push(outcome);
  transport.pushJson(200, "{}");
  static_cast<void>(send());
  CHECK(transport.requestCount() == (repeated ? 2 : 1));
}

TEST_CASE_METHOD(Fixture, "the policy is told of what is repeated, and not of the last outcome") {
  std::vector<int> told;
  policy.repeating = [&](const auto& outcome) { told.push_back(outcome ? outcome->status : 0); };
  transport.push(Error{Errc::reset, "x"});
  transport.pushJson(503, "{}");
  transport.pushJson(502, "{}");
  CHECK(send().value().status == 502);
  CHECK(told == std::vector<int>{0, 503});
}

TEST_CASE_METHOD(Fixture, "after the last attempt its outcome is returned") {
  for (const int status : {500, 502, 503}) transport.pushJson(status, "{}");
  CHECK(send().value().status == 503);
  CHECK(transport.requestCount() == 3);
}

TEST_CASE_METHOD(Fixture, "repeating can be switched off") {
  policy = http::detail::RetryPolicy::off();
  transport.pushJson(503, "{}");
  CHECK(send().value().status == 503);
  CHECK(transport.requestCount() == 1);
}

TEST_CASE_METHOD(Fixture, "the wait doubles, is bounded, and is drawn from its upper half") {
  const auto [chance, total] = GENERATE(table<double, milliseconds>({{0.0, 400ms}, {0.5, 600ms}}));
  runtime.chance = chance;
  policy.maxAttempts = 5;
  policy.firstWait = 100ms;
  policy.maxWait = 250ms;  // 100, 200, 250, 250
  CHECK(send().error().code == Errc::connect);
  CHECK(transport.requestCount() == 5);
  CHECK(runtime.slept == total);
}

TEST_CASE_METHOD(Fixture, "the peer's Retry-After is obeyed") {
  const auto [value, wait] = GENERATE(table<std::string, milliseconds>({
      {"3", 3s},
      {"Sun, 06 Nov 1994 08:49:41 GMT", 4s},
      {"0", 75ms},
      {"soon", 75ms},
  }));
  CAPTURE(value);
  transport.push(busy(value));
  transport.pushJson(200, "{}");
  CHECK(send().value().status == 200);
  CHECK(runtime.slept == wait);
}

TEST_CASE_METHOD(Fixture, "an error may carry its own Retry-After") {
  transport.push(Error{Errc::connect, "x", 0, 2s});
  transport.pushJson(200, "{}");
  CHECK(send().value().status == 200);
  CHECK(runtime.slept == 2s);
}

TEST_CASE_METHOD(Fixture, "where the wait would reach the deadline the last answer is returned at once") {
  const auto [wait, attempts] = GENERATE(table<std::string, std::size_t>({{"9", 2}, {"10", 1}, {"99999999", 1}}));
  CAPTURE(wait);
  transport.push(busy(wait));
  transport.push(busy("60"));
  CHECK(send().value().status == 429);
  CHECK(transport.requestCount() == attempts);
  CHECK(runtime.slept == (attempts == 2 ? 9s : 0s));
}

TEST_CASE_METHOD(Fixture, "a timeout at the deadline is not repeated") {
  call.deadline = runtime.now();
  transport.push(Error{Errc::timeout, "x"});
  CHECK(send().error().code == Errc::timeout);
  CHECK(transport.requestCount() == 1);
}

TEST_CASE_METHOD(Fixture, "cancelling ends a wait") {
  call.cancelled = [&] { return runtime.slept >= 1s; };
  transport.push(busy("5"));
  CHECK(send().error().code == Errc::cancelled);
  CHECK(transport.requestCount() == 1);
  CHECK(runtime.slept < 2s);
}

TEST_CASE("the real runtime draws numbers in range and waits") {
  http::detail::RetryRuntime runtime;
  const double chance = runtime.random();
  CHECK(chance >= 0.0);
  CHECK(chance < 1.0);
  const auto before = runtime.now();
  runtime.sleepFor(1ms);
  CHECK(runtime.now() - before >= 1ms);
}

TEST_CASE("the real runtime serves when none is given") {
  FakeTransport transport;
  transport.push(Error{Errc::connect, "x"});
  transport.pushJson(200, "{}");
  http::detail::RetryPolicy policy;
  policy.firstWait = 1ms;
  const http::Call call{std::chrono::steady_clock::now() + 1min};
  CHECK(http::detail::sendWithRetry(transport, {"GET", "https://api.example", {}, {}}, call, policy).value().status ==
        200);
}
