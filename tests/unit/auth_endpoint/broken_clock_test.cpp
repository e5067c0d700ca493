// A clock of the application that throws.

#include <liveblocks/auth_endpoint.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;

namespace {

/// Works for a while, and then throws.
class BreakingClock final : public lb::Clock {
 public:
  explicit BreakingClock(int reads) : left_(reads) {}

  std::chrono::steady_clock::time_point steady() const override {
    if (left_-- > 0) return {};
    throw std::runtime_error("the clock is broken");
  }

 private:
  mutable int left_;
};

}  // namespace

TEST_CASE_METHOD(EndpointFixture, "a clock that throws is logged, and nothing is granted") {
  transport->pushJson(200, R"({"token":"t"})");
  // The last one is the first read after the token has come.
  const int reads = GENERATE(0, 1, 2, 3, 4);
  CAPTURE(reads);
  options.clock = std::make_shared<BreakingClock>(reads);
  const lb::http::Response response = post(R"({"room":"r"})");
  CHECK(response.status == 500);
  CHECK(response.body.find("token") == std::string::npos);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::error);
  CHECK(log.lines->front().second == "the auth endpoint caught an exception: the clock is broken");
}

TEST_CASE_METHOD(EndpointFixture, "a clock that throws does not hide why nothing is granted") {
  options.clock = std::make_shared<BreakingClock>(0);
  identify = [](const lb::http::RequestView&, lb::Deadline) -> lb::Result<lb::Caller> {
    return lb::Error{lb::Errc::keysUnavailable, "no keys"};
  };
  CHECK(post(R"({"room":"r"})").status == 503);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second == "callers cannot be identified: no keys");
}
