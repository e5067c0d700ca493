#include "jwks/key_set.hpp"

#include <liveblocks/testing/fake_transport.hpp>

#include <string>

#include "catch.hpp"
#include "test_key.hpp"

using namespace liveblocks;
using liveblocks_tests::keySet;
using liveblocks_tests::sharedKey;
using testing::FakeTransport;

namespace {

const http::Request publicRequest{"GET", "https://clerk.example.com/.well-known/jwks.json", {}, {}};
const http::Request secretRequest{
    "GET", "https://api.clerk.com/v1/jwks", {{"Authorization", "Bearer sk_test_x", true}}, {}};

Result<jwks::FetchedKeys> fetchFrom(FakeTransport& transport, const http::Request& request = publicRequest) {
  return jwks::fetchKeySet(transport, request, std::chrono::steady_clock::now() + std::chrono::seconds(5), nullptr,
                           Clock());
}

std::string goodSet() { return keySet({sharedKey().jwk("k")}); }

}  // namespace

TEST_CASE("the request goes out as it is, with a bound on the answer") {
  FakeTransport transport([](const http::Request& request, const http::Call& call) -> Result<http::Response> {
    const bool asMeant = request.method == "GET" && request.url == publicRequest.url &&
                         call.maxBody == jwks::maxDocumentSize && !call.allowInsecureHttp;
    return testing::jsonResponse(asMeant ? 200 : 400, goodSet());
  });
  CHECK(fetchFrom(transport).value().keys->size() == 1);
}

TEST_CASE("only a good set under status 200 will do") {
  const auto [status, body, code] = GENERATE(table<int, std::string, Errc>({
      {200, "<html></html>", Errc::malformed},
      {200, "{}", Errc::malformed},
      {200, R"({"keys":[]})", Errc::malformed},
      {200, "", Errc::malformed},
      {200, std::string(300 << 10, ' '), Errc::malformed},
      {201, "", Errc::upstream},
      {204, "", Errc::upstream},
      {301, "", Errc::upstream},
      {302, "", Errc::upstream},
      {304, "", Errc::upstream},
      {400, "", Errc::upstream},
      {401, "", Errc::upstream},
      {404, "", Errc::upstream},
  }));
  CAPTURE(status, body.size());
  FakeTransport transport;
  transport.pushJson(status, status == 200 ? body : goodSet());
  const auto fetched = fetchFrom(transport);
  REQUIRE_FALSE(fetched);
  CHECK(fetched.error().code == code);
  CHECK(fetched.error().upstreamStatus == status);
  CHECK(transport.requestCount() == 1);
}

TEST_CASE("a rejected secret key is told apart and not sent again") {
  const int status = GENERATE(401, 403);
  FakeTransport transport;
  transport.pushJson(status, R"({"errors":[{"code":"clerk_key_invalid"}]})");
  const auto fetched = fetchFrom(transport, secretRequest);
  REQUIRE_FALSE(fetched);
  CHECK(fetched.error().code == Errc::secretKeyRejected);
  CHECK(fetched.error().kind() == ErrorKind::unavailable);
  CHECK(transport.requestCount() == 1);
}

TEST_CASE("passing troubles are tried again") {
  FakeTransport transport;
  transport.pushJson(503, "");
  transport.push(Error{Errc::reset, {}});
  transport.pushJson(200, goodSet());
  CHECK(fetchFrom(transport));
  CHECK(transport.requestCount() == 3);
}

TEST_CASE("passing troubles end a fetch without repeats") {
  FakeTransport transport;
  transport.pushJson(503, "");
  const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  const auto fetched = jwks::fetchKeySet(transport, publicRequest, deadline, nullptr, Clock(), false);
  REQUIRE_FALSE(fetched);
  CHECK(fetched.error().upstreamStatus == 503);
  CHECK(transport.requestCount() == 1);
}

TEST_CASE("an answer that asks for patience beyond the deadline ends the fetch") {
  FakeTransport transport;
  transport.push(http::Response{429, {{"Retry-After", "30"}}, {}});
  const auto fetched = fetchFrom(transport);
  REQUIRE_FALSE(fetched);
  CHECK(fetched.error().upstreamStatus == 429);
  CHECK(fetched.error().retryAfter == std::chrono::seconds(30));
  CHECK(transport.requestCount() == 1);
}

TEST_CASE("max-age is read from Cache-Control") {
  const auto [value, age] = GENERATE(table<std::string, std::optional<int>>({
      {"max-age=120", 120},
      {"public, max-age=120, must-revalidate", 120},
      {"private,Max-Age=0", 0},
      {"no-store", std::nullopt},
      {"max-age", std::nullopt},
      {"max-age=", std::nullopt},
      {"max-age=-1", std::nullopt},
      {"max-age=12x", std::nullopt},
      {"max-age=99999999999999999999", std::nullopt},
      {"s-maxage=5", std::nullopt},
      {",,", std::nullopt},
      {"", std::nullopt},
  }));
  CAPTURE(value);
  FakeTransport transport;
  transport.push(http::Response{200, {{"cache-control", value}}, goodSet()});
  const auto maxAge = fetchFrom(transport).value().maxAge;
  CHECK(maxAge.has_value() == age.has_value());
  CHECK(maxAge.value_or(std::chrono::seconds(-1)).count() == age.value_or(-1));
}
