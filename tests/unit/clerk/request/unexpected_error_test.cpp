// Exceptions that nobody expects are logged before they become `unexpected-error`.

#include <liveblocks/clerk/route_guard.hpp>

#include <new>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

/// Throws where the time of a request is read.
class ThrowingClock : public Clock {
 public:
  using Throw = void (*)();

  explicit ThrowingClock(Throw function) : throw_(function) {}

  std::chrono::system_clock::time_point wall() const override {
    throw_();
    return {};
  }

 private:
  Throw throw_;
};

struct Fixture : RequestFixture {
  Fixture() {
    setBearer(token());
    options.log = [this](LogLevel level, std::string_view message) {
      levels.push_back(level);
      lines.emplace_back(message);
    };
  }

  void throwWith(ThrowingClock::Throw function) { options.clock = std::make_shared<ThrowingClock>(function); }

  std::vector<LogLevel> levels;
  std::vector<std::string> lines;
};

}  // namespace

TEST_CASE_METHOD(Fixture, "an unexpected exception is logged without credentials, and signs out") {
  throwWith([] { throw std::runtime_error("sk_live_0123456789abcdef and Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln\n"); });
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out unexpected-error");
  REQUIRE(state.error());
  CHECK(state.error()->code == Errc::internal);
  REQUIRE(lines.size() == 1);
  CHECK(levels.front() == LogLevel::error);
  CHECK(lines.front().find("a request could not be authenticated: unexpected exception: ") == 0);
  for (const char* secret : {"0123456789abcdef", "eyJhbGciOiJSUzI1NiJ9.e30", "c2ln", "\n"}) {
    CHECK(lines.front().find(secret) == std::string::npos);
  }
}

TEST_CASE_METHOD(Fixture, "an exception of any type is logged") {
  throwWith([] { throw 1; });
  CHECK(outcome() == "out unexpected-error");
  REQUIRE(lines.size() == 1);
  CHECK(lines.front().find("not a std::exception") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a lack of memory is thrown") {
  throwWith([] { throw std::bad_alloc(); });
  CHECK_THROWS_AS(authenticate(), std::bad_alloc);
}

TEST_CASE_METHOD(Fixture, "a route guard answers after an unexpected exception") {
  throwWith([] { throw std::runtime_error("broken"); });
  const clerk::RouteGuardResult result = clerk::RouteGuard(authenticator()).authenticate(request());
  CHECK(outcomeOf(result.state) == "out unexpected-error");
  REQUIRE(result.response);
  CHECK(result.response->status == 503);
  REQUIRE_FALSE(lines.empty());
  CHECK(lines.front().find("unexpected exception: broken") != std::string::npos);
}
