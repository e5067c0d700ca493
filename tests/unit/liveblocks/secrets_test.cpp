// Servers that repeat parts of a request.

#include <liveblocks/liveblocks.hpp>

#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::TokenFixture;

namespace {

using Outcome = lb::Result<lb::http::Response>;

constexpr std::string_view key = "sk_testingtesting";

struct SecretsFixture : TokenFixture {
  /// Every response repeats the `Authorization` of its request in all its parts.
  void echoWith(int status) const {
    transport->setHandler([status](const lb::http::Request& request, const lb::http::Call&) {
      const std::string& authorization = request.headers.at(0).value;
      return lb::http::Response{status,
                                {{"X-LB-Warn", authorization}, {"X-Request-Id", authorization}},
                                R"({"error":")" + authorization + R"(","message":"\u0073k_testingtesting","reason":")" +
                                    authorization + R"(","suggestion":")" + authorization + R"("})"};
    });
  }

  void checkLog() const {
    REQUIRE_FALSE(log.lines->empty());
    for (const auto& line : *log.lines) checkText(line.second);
  }

  static void checkText(const std::string& text) { CHECK_THAT(text, !ContainsSubstring("testingtesting")); }
};

}  // namespace

TEST_CASE_METHOD(SecretsFixture, "the response to a token call does not show the secret key") {
  const int status = GENERATE(200, 302, 400, 401, 404, 422, 429, 500);
  echoWith(status);
  const lb::AuthResponse response =
      GENERATE(true, false) ? authorize(session().allow("r", lb::FULL_ACCESS)) : identify(client(), "u");
  checkText(response.body);
  checkLog();
  CHECK(response.error.has_value() == (status == 200));
  if (status == 200) {
    CHECK(response.status == 503);
    CHECK(response.error->code == lb::Errc::upstream);
    CHECK(response.error->message == "the response repeats the secret key");
    return;
  }
  CHECK(response.body ==
        R"({"error":"Bearer …***","message":"sk_…***","reason":"Bearer …***","suggestion":"Bearer …***"})");
}

TEST_CASE_METHOD(SecretsFixture, "the error of a call about a room does not show the secret key") {
  echoWith(GENERATE(302, 400, 401, 404, 409, 429, 500));
  const lb::Result<lb::Room> room = client().getRoom("r");
  REQUIRE_FALSE(room);
  checkText(room.error().message);
  REQUIRE(room.error().info);
  for (const std::string* text : {&room.error().info->code, &room.error().info->message, &room.error().info->reason,
                                  &room.error().info->details, &room.error().info->requestId}) {
    CHECK_FALSE(text->empty());
    checkText(*text);
  }
  checkLog();
  try {
    static_cast<void>(room.value());
  } catch (const std::exception& thrown) {
    checkText(thrown.what());
  }
}

TEST_CASE_METHOD(SecretsFixture, "a success whose room cannot be read does not show the secret key") {
  echoWith(200);
  const lb::Result<lb::Room> room = client().getRoom("r");
  REQUIRE_FALSE(room);
  checkText(room.error().message);
}

TEST_CASE_METHOD(SecretsFixture, "the error of a transport is one line without the secret key") {
  const lb::Error failure{lb::Errc::connect, "cannot send\nAuthorization: Bearer " + std::string(key)};
  const std::string shown = "cannot send\\x0aAuthorization: Bearer …***";
  transport->setHandler([failure](const auto&, const auto&) { return Outcome(failure); });
  CHECK(authorize(session()).error->message == shown);
  CHECK(identify(client(), "u").error->message == shown);
  CHECK(client().getRoom("r").error().message == "GET /v2/rooms/r: " + shown);
}

TEST_CASE_METHOD(SecretsFixture, "the error of a sans-I/O exchange does not show the secret key") {
  const lb::Error failure{lb::Errc::connect, "Authorization: Bearer " + std::string(key)};
  checkText(session().response(failure).error->message);
  checkText(client().identifyResponse(failure).error->message);
}

TEST_CASE_METHOD(SecretsFixture, "a client may be destroyed during its calls") {
  std::optional<lb::Liveblocks> last;
  transport->setHandler([&](const lb::http::Request&, const lb::http::Call&) {
    last.reset();
    return lb::testing::jsonResponse(404, R"({"error":"ROOM_NOT_FOUND"})");
  });
  last.emplace(options(), transport);
  CHECK(last->identifyUser({"u"}).status == 404);
  last.emplace(options(), transport);
  CHECK(last->getRoom("r").error().code == lb::Errc::notFound);
  last.emplace(options(), transport);
  CHECK(last->deleteRoom("r").error().code == lb::Errc::notFound);
  CHECK_FALSE(last);
}
