#include <liveblocks/auth_endpoint.hpp>

#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;
using liveblocks_tests::errorOf;
using liveblocks_tests::reasonOf;

namespace {

constexpr std::string_view tokenBody = R"({"token":"a.b.c"})";

void checkHeaders(const lb::http::Response& answer) {
  CHECK(lb::http::findHeader(answer, "Content-Type") == "application/json");
  CHECK(lb::http::findHeader(answer, "Cache-Control") == "no-store");
}

void checkProblem(const lb::http::Response& answer, int status, const std::string& error) {
  CHECK(answer.status == status);
  CHECK(errorOf(answer) == error);
  CHECK_FALSE(reasonOf(answer).empty());
  CHECK(nlohmann::json::parse(answer.body).size() == 2);
  checkHeaders(answer);
}

}  // namespace

TEST_CASE_METHOD(EndpointFixture, "the response of Liveblocks is passed on") {
  const auto [upstream, status] = GENERATE(table<int, int>({
      {200, 200},
      {201, 200},
      {302, 302},
      {404, 404},
      {409, 409},
      {422, 422},
      {429, 429},
      {500, 503},
      {502, 503},
  }));
  CAPTURE(upstream);
  transport->push(lb::http::Response{upstream, {{"Content-Type", "text/html"}}, std::string(tokenBody)});
  const lb::http::Response answer = post(R"({"room":"r"})");
  CHECK(answer.status == status);
  CHECK(answer.body == tokenBody);
  checkHeaders(answer);
}

TEST_CASE_METHOD(EndpointFixture, "a rejected secret key is not shown to the browser") {
  const int upstream = GENERATE(401, 403);
  transport->pushJson(upstream, R"({"error":"INVALID_SECRET_KEY","message":"no\u0021 sk_testingtesting"})");
  const lb::http::Response answer = post(R"({"room":"r"})");
  checkProblem(answer, 503, "unavailable");
  CHECK(reasonOf(answer) == "Access cannot be granted right now");
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::error);
  CHECK(log.lines->front().second ==
        "Liveblocks responded with " + std::to_string(upstream) +
            R"(, so it does not accept the secret key: {"error":"INVALID_SECRET_KEY","message":"no! sk_…***"})");
}

TEST_CASE_METHOD(EndpointFixture, "a response is logged short and printable") {
  transport->pushJson(422, "a\r\nb" + std::string(1000, 'x'));
  static_cast<void>(post("{}"));
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second == "Liveblocks responded with 422: a\\x0d\\x0ab" + std::string(496, 'x') + "…");
}

TEST_CASE_METHOD(EndpointFixture, "a success without a token is a 503") {
  const std::string body = GENERATE(as<std::string>(), "", "<html>", "null", "[]", "{}", R"({"token":1})",
                                    R"({"token":""})", R"({"token":"a","token":"b"})", "{\"token\"");
  CAPTURE(body);
  transport->pushJson(200, body);
  checkProblem(post(R"({"room":"r"})"), 503, "unavailable");
  CHECK(log.lines->front().second == "Liveblocks responded without a token");
}

TEST_CASE_METHOD(EndpointFixture, "a response with a token and further members is passed on") {
  transport->pushJson(200, R"( {"token":"a.b.c","extra":[1]} )");
  CHECK(post("{}").body == R"( {"token":"a.b.c","extra":[1]} )");
}

TEST_CASE_METHOD(EndpointFixture, "a missing response of Liveblocks is a 503 that invites a retry") {
  transport->push(lb::Error{lb::Errc::timeout, "took too long", 0, std::chrono::seconds(7)});
  const lb::http::Response answer = post(R"({"room":"r"})");
  checkProblem(answer, 503, "unavailable");
  CHECK(lb::http::findHeader(answer, "Retry-After") == "7");
  CHECK(log.lines->front().second == "Liveblocks did not respond: took too long");
}

TEST_CASE_METHOD(EndpointFixture, "a time to wait is at least 0 and at most a year") {
  const auto [asked, told] = GENERATE(table<std::chrono::seconds, std::string>({
      {std::chrono::seconds::max(), "31536000"},
      {std::chrono::seconds::min(), "0"},
      {std::chrono::seconds(0), "0"},
      {std::chrono::seconds(31536000), "31536000"},
      {std::chrono::seconds(31536001), "31536000"},
  }));
  transport->push(lb::Error{lb::Errc::timeout, "took too long", 0, asked});
  CHECK(lb::http::findHeader(post("{}"), "Retry-After") == told);
}

TEST_CASE_METHOD(EndpointFixture, "a caller with a bad credential gets a 401 with a general reason") {
  const auto [code, reason] = GENERATE(table<lb::Errc, std::string>({
      {lb::Errc::noToken, "There is no valid session"},
      {lb::Errc::expired, "The session has expired"},
      {lb::Errc::badSignature, "The session is not valid"},
      {lb::Errc::unauthorizedParty, "The session is not valid"},
      {lb::Errc::notFound, "The session is not valid"},
      {lb::Errc::invalidRequest, "The session is not valid"},
  }));
  identify = [cause = code](const lb::http::RequestView&, lb::Deadline) { return lb::Error{cause, "detail"}; };
  const lb::http::Response answer = post(R"({"room":"r"})");
  checkProblem(answer, 401, "unauthorized");
  CHECK(reasonOf(answer) == reason);
  CHECK(log.lines->front() == std::pair(lb::LogLevel::info, std::string("a caller was not identified: detail")));
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(EndpointFixture, "a caller who cannot be checked gets a 503") {
  const lb::Errc code = GENERATE(lb::Errc::keysUnavailable, lb::Errc::timeout, lb::Errc::secretKeyRejected);
  identify = [code = code](const lb::http::RequestView&, lb::Deadline) {
    return lb::Error{code, "detail", 0, std::chrono::seconds(3)};
  };
  const lb::http::Response answer = post(R"({"room":"r"})");
  checkProblem(answer, 503, "unavailable");
  CHECK(lb::http::findHeader(answer, "Retry-After") == "3");
  CHECK(log.lines->front().second == "callers cannot be identified: detail");
}

TEST_CASE_METHOD(EndpointFixture, "the decision refuses or postpones with its own reason") {
  SECTION("refuse") {
    decide = [](const lb::Caller&, const auto&) { return lb::Decision::refuse("not \"your\" task"); };
    const lb::http::Response answer = post(R"({"room":"r"})");
    checkProblem(answer, 403, "forbidden");
    CHECK(reasonOf(answer) == "not \"your\" task");
  }
  SECTION("refuse in bad UTF-8") {
    decide = [](const lb::Caller&, const auto&) { return lb::Decision::refuse("\xFF"); };
    CHECK(reasonOf(post(R"({"room":"r"})")) == "\xEF\xBF\xBD");
  }
  SECTION("postpone") {
    decide = [](const lb::Caller&, const auto&) { return lb::Decision::unavailable("database is away"); };
    const lb::http::Response answer = post(R"({"room":"r"})");
    checkProblem(answer, 503, "unavailable");
    CHECK(reasonOf(answer) == "database is away");
  }
  SECTION("postpone without a reason") {
    decide = [](const lb::Caller&, const auto&) { return lb::Decision::unavailable(""); };
    CHECK(reasonOf(post("{}")) == "Access cannot be granted right now");
  }
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(EndpointFixture, "a decision that grants nothing, or also refuses, is a refusal") {
  const auto made = GENERATE(0, 1, 2);
  decide = [made](const lb::Caller&, const std::optional<std::string>& room) {
    if (made == 0) return lb::Decision();
    if (made == 1) return lb::Decision::refuse("no").allow(*room, lb::FULL_ACCESS);
    return lb::Decision::refuse("").allow(*room, lb::FULL_ACCESS);
  };
  checkProblem(post(R"({"room":"r"})"), 403, "forbidden");
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(EndpointFixture, "grants that do not cover the room are refused") {
  decide = [](const lb::Caller&, const auto&) {
    return lb::Decision().allow("acme:*", lb::FULL_ACCESS).allow("design", lb::READ_ACCESS);
  };
  const auto [room, covered] = GENERATE(table<std::string, bool>({
      {"acme:1", true},
      {"design", true},
      {"design2", false},
      {"other", false},
  }));
  transport->pushJson(200, std::string(tokenBody));
  const lb::http::Response answer = post(R"({"room":")" + room + R"("})");
  CHECK(answer.status == (covered ? 200 : 403));
  CHECK(transport->requestCount() == (covered ? 1 : 0));
  if (!covered) checkProblem(answer, 403, "forbidden");
}

TEST_CASE_METHOD(EndpointFixture, "callables that throw are a logged 500 that grants nothing") {
  SECTION("identify") {
    identify = [](const lb::http::RequestView&, lb::Deadline) -> lb::Result<lb::Caller> {
      throw std::runtime_error("no database\n for sk_live_1");
    };
  }
  SECTION("decide") {
    decide = [](const lb::Caller&, const auto&) -> lb::Decision {
      throw std::runtime_error("no database\n for sk_live_1");
    };
  }
  checkProblem(post(R"({"room":"r"})"), 500, "internal");
  CHECK(log.lines->front() ==
        std::pair(lb::LogLevel::error, std::string("the auth endpoint caught an exception: no database\\x0a for "
                                                   "sk_…***")));
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(EndpointFixture, "a callable may throw anything") {
  decide = [](const lb::Caller&, const auto&) -> lb::Decision { throw 42; };
  checkProblem(post(R"({"room":"r"})"), 500, "internal");
  CHECK(log.lines->front().second == "the auth endpoint caught an exception: of an unknown type");
}

TEST_CASE_METHOD(EndpointFixture, "a decision that cannot be applied is a 500") {
  const int mistake = GENERATE(0, 1, 2, 3);
  if (mistake == 3) {
    identify = [](const lb::http::RequestView&, lb::Deadline) { return lb::Caller{}; };
  } else {
    decide = [mistake](const lb::Caller&, const auto&) {
      lb::Decision decision;
      if (mistake == 0) decision.allow("a*b", lb::FULL_ACCESS);
      if (mistake == 1) decision.allow("r", {"comments:write"});
      for (int i = 0; mistake == 2 && i < 11; ++i) decision.allow(std::to_string(i), lb::FULL_ACCESS);
      return decision;
    };
  }
  checkProblem(post(R"({"room":"r"})"), 500, "internal");
  CHECK(log.lines->size() == 1);
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(EndpointFixture, "a log that throws changes no response") {
  liveblocks::AuthEndpointOptions throwing;
  throwing.log = [](lb::LogLevel, std::string_view) { throw std::runtime_error("full disk"); };
  identify = [](const lb::http::RequestView&, lb::Deadline) { return lb::Error{lb::Errc::noToken, ""}; };
  const lb::AuthEndpoint loud(lb::Liveblocks({"sk_x"}, transport), identify, decide, throwing);
  CHECK(handle(loud, {"POST", "/", {}, "{}"}).status == 401);
}
