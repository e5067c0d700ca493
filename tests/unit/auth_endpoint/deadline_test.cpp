#include <liveblocks/auth_endpoint.hpp>

#include <chrono>
#include <memory>
#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;
using liveblocks_tests::errorOf;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

struct DeadlineFixture : EndpointFixture {
  lb::http::Response postUntil(std::optional<lb::Deadline> deadline) const {
    return handle(endpoint(), {"POST", "/", {}, R"({"room":"r"})"}, deadline);
  }
};

}  // namespace

TEST_CASE_METHOD(DeadlineFixture, "the earlier of the host's deadline and the timeout applies") {
  const auto [wait, hostWins] = GENERATE(table<std::optional<seconds>, bool>({
      {std::nullopt, false},
      {seconds(5), true},
      {hours(1), false},
      {hours(24 * 365 * 200), false},
  }));
  const lb::Deadline now = std::chrono::steady_clock::now();
  const auto host = wait ? std::optional(now + *wait) : std::nullopt;
  lb::Deadline identified;
  lb::Deadline decided;
  identify = [&](const lb::http::RequestView&, lb::Deadline deadline) {
    identified = deadline;
    return lb::Caller{"bob"};
  };
  decide = [&](const lb::AuthRequest& asked) {
    decided = asked.deadline;
    return lb::Decision().allow("r", lb::FULL_ACCESS);
  };
  transport->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    CHECK(call.deadline == identified);
    return lb::testing::jsonResponse(200, R"({"token":"t"})");
  });
  CHECK(postUntil(host).status == 200);
  CHECK(decided == identified);
  CHECK((identified == host) == hostWins);
  CHECK(identified >= now + (hostWins ? seconds(5) : seconds(8)));
  CHECK(identified <= std::chrono::steady_clock::now() + seconds(8));
}

TEST_CASE_METHOD(DeadlineFixture, "a request that arrives too late gets a 503, and nothing is called") {
  const lb::Deadline now = std::chrono::steady_clock::now();
  const lb::Deadline host = GENERATE_COPY(as<lb::Deadline>(), now, now - seconds(1), lb::Deadline::min());
  identify = [](const lb::http::RequestView&, lb::Deadline) -> lb::Result<lb::Caller> {
    throw std::logic_error("must not be asked");
  };
  const lb::http::Response answer = postUntil(host);
  CHECK(answer.status == 503);
  CHECK(errorOf(answer) == "unavailable");
  CHECK(transport->requestCount() == 0);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::warning);
  CHECK(log.lines->front().second == "a request for a token had waited until its deadline before it was handled");
}

TEST_CASE_METHOD(DeadlineFixture, "the latest point in time is no deadline") {
  transport->pushJson(200, R"({"token":"t"})");
  CHECK(postUntil(lb::Deadline::max()).status == 200);
}

TEST_CASE_METHOD(DeadlineFixture, "a late request that is refused anyway gets the same response") {
  CHECK(handle(endpoint(), {"GET", "/", {}, {}}, lb::Deadline::min()).status == 405);
  options.maxBody = 1;
  CHECK(postUntil(lb::Deadline::min()).status == 413);
}

TEST_CASE_METHOD(DeadlineFixture, "the last copy may be destroyed during a call") {
  std::optional<lb::AuthEndpoint> last;
  decide = [&](const lb::AuthRequest& asked) {
    last.reset();
    return lb::Decision().allow(asked.room.value(), lb::FULL_ACCESS);
  };
  transport->pushJson(200, R"({"token":"t"})");
  last.emplace(endpoint());
  decide = nullptr;
  CHECK(handle(*last, {"POST", "/", {}, R"({"room":"r"})"}).status == 200);
  CHECK_FALSE(last);
}
