#include <liveblocks/auth_endpoint.hpp>

#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;
using liveblocks_tests::errorOf;

namespace {

/// What a faulty server can repeat: the header of the request, unchanged and with escapes.
lb::http::Response echo(int status, const lb::http::Request& request) {
  const std::string authorization = request.headers.at(0).value;
  const std::string body = R"({"error":"x","message":")" + authorization +
                           R"(","reason":"sk\u005ftestingtesting","suggestion":"\u0073k_testingtesting"})";
  return {status, {{"X-LB-Warn", authorization}, {"X-Request-Id", authorization}}, body};
}

/// Checks that no member contains the key, neither with nor without escapes.
bool isClean(const std::string& text) {
  if (text.find("testingtesting") != std::string::npos) return false;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  return json.is_discarded() || json.dump().find("testingtesting") == std::string::npos;
}

struct EchoFixture : EndpointFixture {
  void checkLog() const {
    for (const auto& line : *log.lines) CHECK(isClean(line.second));
  }
};

}  // namespace

TEST_CASE_METHOD(EchoFixture, "the secret key reaches no browser and no log, whatever a server repeats") {
  const int status = GENERATE(200, 201, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503);
  CAPTURE(status);
  transport->setHandler([status](const auto& request, const auto&) { return echo(status, request); });
  const lb::http::Response answer =
      GENERATE(false, true) ? handle(idTokenEndpoint(), {"POST", "/", {}, "{}"}) : post(R"({"room":"r"})");
  CHECK(isClean(answer.body));
  CHECK_FALSE(log.lines->empty());
  checkLog();
}

TEST_CASE_METHOD(EchoFixture, "a token together with the secret key is not passed on") {
  const std::string echoed = GENERATE(as<std::string>(), R"({"token":"a.b.c","debug":"Bearer sk_testingtesting"})",
                                      R"({"token":"a.b.c","debug":"\u0073k_testingtesting"})");
  transport->pushJson(200, echoed);
  const lb::http::Response answer = post(R"({"room":"r"})");
  CHECK(answer.status == 503);
  CHECK(errorOf(answer) == "unavailable");
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second == "Liveblocks did not respond: the response repeats the secret key");
}

TEST_CASE_METHOD(EchoFixture, "a token is passed on byte for byte") {
  const std::string body =
      R"({ "token" : "eyJhbGciOiJSUzI1NiJ9.eyJrIjoiYWNjIn0.c2ln", "x": "Bearer 0123456789abcdef" })";
  transport->pushJson(200, body);
  CHECK(post(R"({"room":"r"})").body == body);
}

TEST_CASE_METHOD(EchoFixture, "the secret key is not logged from the message of a transport or a callable") {
  SECTION("transport") {
    transport->push(lb::Error{lb::Errc::connect, "could not send\nAuthorization: Bearer sk_testingtesting"});
  }
  SECTION("identify, bad") {
    identify = [](const lb::http::RequestView&, lb::Deadline) {
      return lb::Error{lb::Errc::noToken, "sk_testingtesting"};
    };
  }
  SECTION("identify, unavailable") {
    identify = [](const lb::http::RequestView&, lb::Deadline) {
      return lb::Error{lb::Errc::timeout, "sk_testingtesting"};
    };
  }
  SECTION("exception") {
    decide = [](const lb::AuthRequest&) -> lb::Decision { throw std::runtime_error("key=sk_testingtesting"); };
  }
  CHECK(isClean(post(R"({"room":"r"})").body));
  CHECK(log.lines->size() == 1);
  checkLog();
}
