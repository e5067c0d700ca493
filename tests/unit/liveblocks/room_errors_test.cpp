#include <chrono>
#include <memory>

#include "catch.hpp"
#include "room_fixture.hpp"

namespace lb = liveblocks;
using lb::Errc;
using lb::Error;
using lb::http::Response;
using liveblocks_tests::RoomFixture;
using liveblocks_tests::RoomMethod;
using liveblocks_tests::times;
using namespace std::chrono_literals;

namespace {

struct ErrorFixture : RoomFixture {
  lb::ErrorInfo infoOf(const std::string& body) {
    const Error error = failure(Response{499, {}, body});
    return error.info ? *error.info : lb::ErrorInfo{};
  }
};

}  // namespace

TEST_CASE_METHOD(ErrorFixture, "the status of an error response determines the code") {
  const auto [status, code] = GENERATE(table<int, Errc>({
      {300, Errc::upstream},       {301, Errc::upstream},          {304, Errc::upstream},
      {307, Errc::upstream},       {400, Errc::invalidRequest},    {401, Errc::secretKeyRejected},
      {402, Errc::upstream},       {403, Errc::secretKeyRejected}, {404, Errc::notFound},
      {405, Errc::upstream},       {409, Errc::conflict},          {410, Errc::upstream},
      {413, Errc::invalidRequest}, {418, Errc::upstream},          {422, Errc::invalidRequest},
      {429, Errc::upstream},       {499, Errc::upstream},          {500, Errc::upstream},
      {501, Errc::upstream},       {503, Errc::upstream},          {599, Errc::upstream},
  }));
  for (const RoomMethod& method : methods()) {
    CAPTURE(method.name, status);
    transport->pushJson(status, "{}");
    const auto error = method.call(client(), {});
    REQUIRE(error);
    CHECK(error->code == code);
    CHECK(error->upstreamStatus == status);
    CHECK(error->message == std::string(method.verb) + " " + method.path + ": Liveblocks responded with status " +
                                std::to_string(status));
    CHECK_FALSE(error->info);
  }
}

TEST_CASE_METHOD(ErrorFixture, "any status of 2xx is a success") {
  const int status = GENERATE(200, 201, 202, 204, 299);
  for (const RoomMethod& method : methods()) {
    transport->pushJson(status, method.response);
    CHECK_FALSE(method.call(client(), {}));
  }
}

TEST_CASE_METHOD(ErrorFixture, "a response to a room call without a final status is an error") {
  const int status = GENERATE(0, -1, 100, 199);
  const Error error = failure(Response{status, {}, "{}"});
  CHECK(error.code == Errc::upstream);
  CHECK(error.message == "GET /v2/rooms/r: the response has no final HTTP status");
  CHECK(error.upstreamStatus == 0);
}

TEST_CASE_METHOD(ErrorFixture, "a failed exchange keeps its code and names the call") {
  const Errc code = GENERATE(Errc::connect, Errc::resolve, Errc::tls, Errc::reset, Errc::timeout, Errc::tooLarge,
                             Errc::cancelled, Errc::internal);
  for (const RoomMethod& method : methods()) {
    CAPTURE(method.name);
    transport->push(Error{code, "why"});
    const auto error = method.call(client(), {});
    REQUIRE(error);
    CHECK(error->code == code);
    CHECK(error->message == std::string(method.verb) + " " + method.path + ": why");
    CHECK(error->upstreamStatus == 0);
    CHECK_FALSE(error->info);
  }
}

TEST_CASE_METHOD(ErrorFixture, "a transport that throws is an internal error of a room call") {
  const lb::Liveblocks broken(options(), std::make_shared<liveblocks_tests::ThrowingTransport>());
  for (const RoomMethod& method : methods()) {
    const auto error = method.call(broken, {});
    REQUIRE(error);
    CHECK(error->code == Errc::internal);
  }
}

TEST_CASE_METHOD(ErrorFixture, "a response that cannot be parsed is an upstream error") {
  const std::string body = GENERATE("", "<html>", "[]", "null", "{", R"({"id":1})");
  for (const RoomMethod& method : methods()) {
    if (std::string(method.response).empty()) continue;
    CAPTURE(method.name);
    transport->pushJson(200, body);
    const auto error = method.call(client(), {});
    REQUIRE(error);
    CHECK(error->code == Errc::upstream);
    CHECK(error->upstreamStatus == 200);
    CHECK_THAT(error->message, ContainsSubstring(std::string(method.verb) + " " + method.path +
                                                 ": the response of Liveblocks is not "));
  }
}

TEST_CASE_METHOD(ErrorFixture, "an error keeps the error body of Liveblocks") {
  const Error error = failure(
      Response{404,
               {{"x-request-id", "req-1"}},
               R"({"error":"ROOM_NOT_FOUND","message":"No such room","reason":"It is gone","suggestion":"Look again",)"
               R"("docs":"https://liveblocks.io/docs"})"});
  CHECK(error.code == Errc::notFound);
  REQUIRE(error.info);
  CHECK(error.info->code == "ROOM_NOT_FOUND");
  CHECK(error.info->message == "No such room");
  CHECK(error.info->reason == "It is gone");
  CHECK(error.info->details == "Suggestion: Look again\nSee also: https://liveblocks.io/docs");
  CHECK(error.info->requestId == "req-1");
  CHECK(
      error.message ==
      "GET /v2/rooms/r: Liveblocks responded with status 404, code ROOM_NOT_FOUND, request id req-1: No such room: It "
      "is gone");
}

TEST_CASE_METHOD(ErrorFixture, "the message of an error response is read as the vendor's SDK reads it") {
  const auto [body, message] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"I'm not a JSON response", "I'm not a JSON response"},
      {"null", ""},
      {"[]", ""},
      {"false", ""},
      {"7", ""},
      {R"("text")", ""},
      {"{}", ""},
      {R"({"message":""})", ""},
      {R"({"message":null})", ""},
      {R"({"message":7})", ""},
      {R"({"message":"\u00e9"})", "é"},
      {"\xEF\xBB\xBF{\"message\":\"m\"}", "m"},
      {"a\xFFz", "a\xEF\xBF\xBDz"},
      {R"({"message":"m")", R"({"message":"m")"},
      {R"({"message":"m","message":"n"})", R"({"message":"m","message":"n"})"},
  }));
  CHECK(infoOf(body).message == message);
}

TEST_CASE_METHOD(ErrorFixture, "the details have one line each for suggestion and docs") {
  const auto [body, details] = GENERATE(table<std::string, std::string>({
      {R"({"suggestion":"s","docs":"d"})", "Suggestion: s\nSee also: d"},
      {R"({"suggestion":"s"})", "Suggestion: s"},
      {R"({"docs":"d"})", "See also: d"},
      {R"({"suggestion":"","docs":"d"})", "See also: d"},
      {R"({"suggestion":1,"docs":null})", ""},
  }));
  CHECK(infoOf(body).details == details);
}

TEST_CASE_METHOD(ErrorFixture, "the request id is in one of two headers") {
  using Headers = std::vector<lb::http::Header>;
  const auto [headers, id] = GENERATE(table<Headers, std::string>({
      {{{"CF-Ray", "8f-FRA"}}, "8f-FRA"},
      {{{"cf-ray", "8f-FRA"}, {"X-REQUEST-ID", "r1"}}, "r1"},
      {{{"X-Request-Id", ""}, {"CF-Ray", "8f-FRA"}}, "8f-FRA"},
  }));
  const Error error = failure(Response{500, headers, "{}"});
  REQUIRE(error.info);
  CHECK(error.info->requestId == id);
}

TEST_CASE_METHOD(ErrorFixture, "the strings of an error body are kept up to 4 KiB") {
  const auto [size, kept] = GENERATE(table<std::size_t, bool>({{4095, true}, {4096, true}, {4097, false}}));
  const std::string text(size, 'm');
  CHECK(infoOf(text).message == (kept ? text : std::string(4096, 'm') + "…"));
}

TEST_CASE_METHOD(ErrorFixture, "the strings of an error body are shown up to 512 bytes") {
  const auto [size, shown] = GENERATE(table<std::size_t, bool>({{511, true}, {512, true}, {513, false}}));
  const std::string text(size, 'm');
  CHECK(failure(Response{500, {}, text}).message ==
        "GET /v2/rooms/r: Liveblocks responded with status 500: " + (shown ? text : std::string(512, 'm') + "…"));
}

TEST_CASE_METHOD(ErrorFixture, "a long string is cut between characters") {
  CHECK(infoOf(times(1366, "日")).message == times(1365, "日") + "…");
  CHECK(infoOf(times(1025, "😀")).message == times(1024, "😀") + "…");
}

TEST_CASE_METHOD(ErrorFixture, "an error never shows the secret key") {
  const Error error = failure(
      Response{403,
               {{"X-Request-Id", "sk_testingtesting"}},
               R"({"error":"sk_testingtesting","message":"key sk_testingtestin\u0067 and sk_testingtesting are bad",)"
               R"("reason":"sk_testingtesting","suggestion":"not sk_testingtesting","docs":"sk_testingtesting"})"});
  CHECK(error.info->message == "key sk_…*** and sk_…*** are bad");
  CHECK(error.info->code == "sk_…***");
  CHECK(error.info->reason == "sk_…***");
  CHECK(error.info->details == "Suggestion: not sk_…***\nSee also: sk_…***");
  CHECK(error.info->requestId == "sk_…***");
  CHECK_THAT(error.message, !ContainsSubstring("testing"));
  REQUIRE(log.lines->size() == 1);
  CHECK_THAT(log.lines->front().second, !ContainsSubstring("testing"));
}

TEST_CASE_METHOD(ErrorFixture, "a long response that only contains the secret key shows none of it") {
  CHECK(infoOf(times(200'000, "sk_testingtesting")).message == times(455, "sk_…***") + "s…");
}

TEST_CASE_METHOD(ErrorFixture, "a message about an error response is one printable line") {
  const Error error = failure(Response{422, {}, R"({"error":"\u001b[31m","message":"a\r\nb","reason":"\u2028"})"});
  CHECK(error.message ==
        "GET /v2/rooms/r: Liveblocks responded with status 422, code \\x1b[31m: a\\x0d\\x0ab: \\xe2\\x80\\xa8");
}

TEST_CASE_METHOD(ErrorFixture, "a message does not contain the user of the filter") {
  transport->pushJson(500, "{}");
  const Error error = client().getRooms({"alice"}).error();
  CHECK_THAT(transport->requests().back().url, ContainsSubstring("alice"));
  CHECK(error.message == "GET /v2/rooms: Liveblocks responded with status 500");
}

TEST_CASE_METHOD(ErrorFixture, "an error has the time to wait from Retry-After") {
  CHECK(failure(Response{429, {{"Retry-After", "7"}}, "{}"}).retryAfter == 7s);
  CHECK(failure(Response{503, {{"Retry-After", "x"}}, "{}"}).retryAfter == std::nullopt);
  Error unreachable{Errc::connect, "x"};
  unreachable.retryAfter = 3s;
  CHECK(failure(unreachable).retryAfter == 3s);
}

TEST_CASE_METHOD(ErrorFixture, "a refused secret key is logged, other failures are not") {
  const auto [status, logged] =
      GENERATE(table<int, bool>({{401, true}, {403, true}, {404, false}, {429, false}, {500, false}}));
  const Error error = failure(Response{status, {}, R"({"error":"X"})"});
  REQUIRE(log.lines->size() == (logged ? 1 : 0));
  if (logged) CHECK(log.lines->front() == std::make_pair(lb::LogLevel::error, error.message));
}

TEST_CASE_METHOD(ErrorFixture, "warnings name the room call") {
  const auto [status, level] =
      GENERATE(table<int, lb::LogLevel>({{200, lb::LogLevel::warning}, {501, lb::LogLevel::error}}));
  for (const RoomMethod& method : methods()) {
    transport->push(Response{status, {{"X-LB-Warn", "careful"}}, method.response});
    static_cast<void>(method.call(client(), {}));
    REQUIRE_FALSE(log.lines->empty());
    CHECK(log.lines->back().first == level);
    CHECK(log.lines->back().second ==
          "  ⚠ [Liveblocks] careful (" + std::string(method.verb) + " " + method.path + ")");
  }
}
