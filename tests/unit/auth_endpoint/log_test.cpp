#include <liveblocks/auth_endpoint.hpp>

#include <liveblocks/testing/manual_clock.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;

namespace {

struct LogFixture : EndpointFixture {
  using Line = liveblocks_tests::LogLines::Line;

  LogFixture() { options.clock = clock; }

  void checkOnlyLine(lb::LogLevel level, const std::string& text) const {
    REQUIRE(log.lines->size() == 1);
    CHECK(log.lines->front().first == level);
    CHECK(log.lines->front().second == text);
  }

  /// One request a second, all to the same endpoint.
  void postFor(std::chrono::seconds time) const {
    const lb::AuthEndpoint same = endpoint();
    for (auto passed = std::chrono::seconds(0); passed < time; ++passed) {
      static_cast<void>(handle(same, {"POST", "/", {}, R"({"room":"r"})"}));
      clock->advance(std::chrono::seconds(1));
    }
  }

  std::shared_ptr<lb::testing::ManualClock> clock = std::make_shared<lb::testing::ManualClock>();
};

}  // namespace

TEST_CASE_METHOD(LogFixture, "a token that was issued is not logged") {
  transport->pushJson(200, R"({"token":"t"})");
  CHECK(post(R"({"room":"r"})").status == 200);
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(LogFixture, "a refusal is logged with the user, the room and the reason") {
  decide = [](const lb::AuthRequest&) { return lb::Decision::refuse("not your task"); };
  SECTION("of a room") {
    static_cast<void>(post(R"({"room":"task_1"})"));
    checkOnlyLine(lb::LogLevel::info, R"(access was refused, user "bob", room "task_1": not your task)");
  }
  SECTION("outside of rooms") {
    static_cast<void>(post("{}"));
    checkOnlyLine(lb::LogLevel::info, R"(access was refused, user "bob", outside of rooms: not your task)");
  }
  SECTION("without a reason") {
    decide = [](const lb::AuthRequest&) { return lb::Decision(); };
    static_cast<void>(post(R"({"room":"r"})"));
    checkOnlyLine(lb::LogLevel::info, R"(access was refused, user "bob", room "r")");
  }
}

TEST_CASE_METHOD(LogFixture, "grants that do not cover the room are logged as a mistake") {
  decide = [](const lb::AuthRequest&) { return lb::Decision().allow("other", lb::FULL_ACCESS); };
  CHECK(post(R"({"room":"r"})").status == 403);
  checkOnlyLine(lb::LogLevel::warning,
                "access was refused because what was granted does not cover the room, user \"bob\", room \"r\": grant "
                "the room or a pattern that includes it");
}

TEST_CASE_METHOD(LogFixture, "a decision that is postponed is logged with its reason") {
  decide = [](const lb::AuthRequest&) { return lb::Decision::unavailable("the database is away"); };
  CHECK(post(R"({"room":"r"})").status == 503);
  checkOnlyLine(lb::LogLevel::warning, R"(access could not be decided, user "bob", room "r": the database is away)");
}

TEST_CASE_METHOD(LogFixture, "a request that cannot be handled is logged") {
  const auto [body, line] = GENERATE(table<std::string, std::string>({
      {"no JSON", "the body of a request for a token cannot be read, user \"bob\": not valid JSON at byte 0"},
      {R"({"room":1})",
       "the body of a request for a token cannot be read, user \"bob\": the room is neither a string nor null"},
      {R"({"room":"a*"})", "the room cannot exist, user \"bob\", room \"a*\""},
  }));
  static_cast<void>(post(body));
  checkOnlyLine(lb::LogLevel::info, line);
}

TEST_CASE_METHOD(LogFixture, "a line of the log cannot be forged") {
  const std::string forged =
      "x\r\n\xE2\x80\xA8"
      "error: y\x1B[2J";
  const std::string shown = R"(x\x0d\x0a\xe2\x80\xa8error: y\x1b[2J)";
  identify = [&](const lb::http::RequestView&, lb::Deadline) { return lb::Caller{forged}; };
  SECTION("by a reason, a user and a room") {
    decide = [&](const lb::AuthRequest&) { return lb::Decision::refuse(forged); };
    static_cast<void>(post(R"({"room":"a\u2028b"})"));
    checkOnlyLine(lb::LogLevel::info, "access was refused, user \"" + shown + R"(", room "a\xe2\x80\xa8b": )" + shown);
  }
  SECTION("by an invalid room") {
    static_cast<void>(post(R"({"room":"a\nb"})"));
    checkOnlyLine(lb::LogLevel::info, "the room cannot exist, user \"" + shown + R"(", room "a\x0ab")");
  }
  SECTION("by a long room") {
    static_cast<void>(post(R"({"room":")" + std::string(300, 'a') + "\"}"));
    checkOnlyLine(lb::LogLevel::info,
                  "the room cannot exist, user \"" + shown + "\", room \"" + std::string(200, 'a') + "…\"");
  }
}

TEST_CASE_METHOD(LogFixture, "an outage does not log a line for each request") {
  const auto [what, begin, end] = GENERATE(table<std::string, std::string, std::string>({
      {"identify", "callers cannot be identified: why", "callers can be identified again after 90 failures in 90 s"},
      {"decide", "access could not be decided, user \"bob\", room \"r\": why",
       "the application decides again after 90 failures in 90 s"},
      {"no answer", "Liveblocks did not respond: why", "Liveblocks issues tokens again after 90 failures in 90 s"},
      {"503", "Liveblocks responded with 503: why", "Liveblocks issues tokens again after 90 failures in 90 s"},
      {"429", "Liveblocks responded with 429: why", "Liveblocks issues tokens again after 90 failures in 90 s"},
      {"401", "Liveblocks responded with 401, so it does not accept the secret key: why",
       "Liveblocks issues tokens again after 90 failures in 90 s"},
      {"200", "Liveblocks responded without a token", "Liveblocks issues tokens again after 90 failures in 90 s"},
      {"exception", "the auth endpoint caught an exception: why",
       "the auth endpoint works again after 90 failures in 90 s"},
  }));
  CAPTURE(what);
  bool away = true;
  const std::string kind = what;
  identify = [&away, kind](const lb::http::RequestView&, lb::Deadline) -> lb::Result<lb::Caller> {
    if (away && kind == "identify") return lb::Error{lb::Errc::keysUnavailable, "why"};
    return lb::Caller{"bob"};
  };
  decide = [&away, kind](const lb::AuthRequest& asked) {
    if (away && kind == "decide") return lb::Decision::unavailable("why");
    if (away && kind == "exception") throw std::runtime_error("why");
    return lb::Decision().allow(*asked.room, lb::FULL_ACCESS);
  };
  transport->setHandler([&away, kind](const auto&, const auto&) -> lb::Result<lb::http::Response> {
    if (away && kind == "no answer") return lb::Error{lb::Errc::timeout, "why"};
    if (away && kind.size() == 3) return lb::http::Response{std::stoi(kind), {}, "why"};
    return lb::testing::jsonResponse(200, R"({"token":"t"})");
  });
  const lb::AuthEndpoint same = endpoint();
  const auto postOnce = [&] {
    static_cast<void>(handle(same, {"POST", "/", {}, R"({"room":"r"})"}));
    clock->advance(std::chrono::seconds(1));
  };
  for (int i = 0; i < 90; ++i) postOnce();
  away = false;
  for (int i = 0; i < 90; ++i) postOnce();
  REQUIRE(log.lines->size() == 3);
  CHECK(log.lines->at(0).second == begin);
  CHECK(log.lines->at(1).second == begin + " (60 failures in 59 s)");
  CHECK(log.lines->at(2) == Line(lb::LogLevel::info, end));
}

TEST_CASE_METHOD(LogFixture, "a request that is refused for its form does not end an outage") {
  decide = [](const lb::AuthRequest&) -> lb::Decision { throw std::runtime_error("why"); };
  const lb::AuthEndpoint same = endpoint();
  static_cast<void>(handle(same, {"POST", "/", {}, R"({"room":"r"})"}));
  REQUIRE(log.lines->size() == 1);
  static_cast<void>(handle(same, {"GET", "/", {}, {}}));
  static_cast<void>(handle(same, {"POST", "/", {}, std::string(std::size_t{70} << 10, ' ')}));
  CHECK(log.lines->size() == 1);
}

TEST_CASE_METHOD(LogFixture, "requests that arrive too late are an outage as well") {
  const lb::AuthEndpoint same = endpoint();
  for (int i = 0; i < 5; ++i) static_cast<void>(handle(same, {"POST", "/", {}, "{}"}, lb::Deadline::min()));
  CHECK(log.lines->size() == 1);
}

TEST_CASE_METHOD(LogFixture, "errors that concern single requests are logged for each") {
  const int status = GENERATE(400, 409, 413, 422);
  transport->setHandler([status](const auto&, const auto&) { return lb::testing::jsonResponse(status, "why"); });
  postFor(std::chrono::seconds(3));
  CHECK(log.lines->size() == 3);
  CHECK(log.lines->back() ==
        Line(lb::LogLevel::error, "Liveblocks responded with " + std::to_string(status) + ": why"));
}
