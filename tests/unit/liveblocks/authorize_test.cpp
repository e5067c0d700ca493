#include <liveblocks/liveblocks.hpp>

#include <stdexcept>
#include <type_traits>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::ThrowingTransport;
using liveblocks_tests::TokenFixture;

namespace {

lb::http::Response responseOf(int status, const std::string& warning) {
  return {status, {{"x-lb-warn", warning}}, "{}"};
}

struct AuthorizeFixture : TokenFixture {
  using TokenFixture::authorize;

  lb::AuthResponse authorize(lb::Result<lb::http::Response> response) {
    transport->push(std::move(response));
    return authorize(session().allow("r", lb::FULL_ACCESS));
  }

  std::string bodyFor(const lb::SessionOptions& sessionOptions) {
    return client().prepareSession("u", sessionOptions).allow("r", lb::FULL_ACCESS).request().body;
  }
};

}  // namespace

TEST_CASE_METHOD(AuthorizeFixture, "the request names the user and the permissions") {
  const lb::AuthResponse response = authorize(lb::testing::jsonResponse(200, R"({"token":"a.b.c"})"));
  CHECK(response.status == 200);
  CHECK(response.body == R"({"token":"a.b.c"})");
  CHECK(response.upstreamStatus == 200);
  CHECK_FALSE(response.error);

  REQUIRE(transport->requestCount() == 1);
  const lb::http::Request request = transport->requests().front();
  CHECK(request.method == "POST");
  CHECK(request.url == "https://api.liveblocks.io/v2/authorize-user");
  CHECK(request.body == R"({"userId":"user-123","permissions":{"r":["*:write"]}})");
  REQUIRE(request.headers.size() == 2);
  CHECK(request.headers[0].name == "Authorization");
  CHECK(request.headers[0].value == "Bearer sk_testingtesting");
  CHECK(request.headers[0].sensitive);
  CHECK(request.headers[1].name == "Content-Type");
  CHECK(request.headers[1].value == "application/json");
  CHECK_FALSE(request.headers[1].sensitive);
}

TEST_CASE_METHOD(AuthorizeFixture, "options are sent when they are given") {
  CHECK(bodyFor({lb::Json::object({{"a", 1}})}) ==
        R"({"userId":"u","permissions":{"r":["*:write"]},"userInfo":{"a":1}})");
  CHECK(bodyFor({lb::Json(nullptr)}) == R"({"userId":"u","permissions":{"r":["*:write"]},"userInfo":null})");
  CHECK(bodyFor({lb::Json::object({}), "o"}) ==
        R"({"userId":"u","permissions":{"r":["*:write"]},"userInfo":{},"organizationId":"o"})");
  CHECK(bodyFor({{}, ""}) == R"({"userId":"u","permissions":{"r":["*:write"]},"organizationId":""})");
}

TEST_CASE_METHOD(AuthorizeFixture, "text is sent as JSON strings") {
  const std::string body = client().prepareSession("a\"\n\xC3\xA9/😀").request().body;
  CHECK(body == "{\"userId\":\"a\\\"\\n\xC3\xA9/😀\",\"permissions\":{}}");
}

TEST_CASE_METHOD(AuthorizeFixture, "a token without permissions is requested with a warning") {
  transport->pushJson(200, "{}");
  CHECK(authorize(session()).status == 200);
  CHECK(transport->requests().front().body == R"({"userId":"user-123","permissions":{}})");
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::warning);
  CHECK(log.lines->front().second ==
        "Access tokens without any permission will not be supported soon, you should use wildcards when the client "
        "requests a token for resources outside a room. See "
        "https://liveblocks.io/docs/errors/liveblocks-client/access-tokens-not-enough-permissions");
}

TEST_CASE_METHOD(AuthorizeFixture, "statuses are mapped and bodies passed through") {
  const auto [upstream, status] = GENERATE(table<int, int>({
      {200, 200}, {201, 200}, {204, 200}, {299, 200}, {300, 300}, {301, 301}, {304, 304},
      {400, 400}, {401, 401}, {403, 403}, {404, 404}, {409, 409}, {422, 422}, {429, 429},
      {499, 499}, {500, 503}, {502, 503}, {503, 503}, {504, 503}, {599, 503},
  }));
  CAPTURE(upstream);
  const lb::AuthResponse response = authorize(lb::http::Response{upstream, {}, "<b>any text</b> "});
  CHECK(response.status == status);
  CHECK(response.upstreamStatus == upstream);
  CHECK(response.body == "<b>any text</b> ");
  CHECK_FALSE(response.error);
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(AuthorizeFixture, "bodies are decoded as browsers do") {
  const auto [sent, received] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"\xEF\xBB\xBF{}", "{}"},
      {"a\xFFz", "a\xEF\xBF\xBDz"},
      {std::string("a\0b", 3), std::string("a\0b", 3)},
  }));
  CHECK(authorize(lb::http::Response{200, {}, sent}).body == received);
}

TEST_CASE_METHOD(AuthorizeFixture, "a missing response is a 503 with the cause") {
  const lb::Errc code = GENERATE(lb::Errc::connect, lb::Errc::reset, lb::Errc::timeout, lb::Errc::tooLarge);
  const lb::AuthResponse response = authorize(lb::Error{code, "why"});
  CHECK(response.status == 503);
  CHECK(response.body == "Call to /v2/authorize-user failed. See \"error\" for more information.");
  REQUIRE(response.error);
  CHECK(response.error->code == code);
  CHECK(response.error->message == "why");
}

TEST_CASE_METHOD(AuthorizeFixture, "a response without a final status counts as missing") {
  const int status = GENERATE(0, -1, 100, 199);
  const lb::AuthResponse response = authorize(lb::http::Response{status, {}, "x"});
  CHECK(response.status == 503);
  REQUIRE(response.error);
  CHECK(response.error->code == lb::Errc::upstream);
  CHECK(response.upstreamStatus == 0);
}

TEST_CASE_METHOD(AuthorizeFixture, "a failed call to a dev server names the dev server") {
  const auto [baseUrl, hinted] = GENERATE(table<std::string, bool>({
      {"http://localhost:1153", true},
      {"https://localhost/", true},
      {"http://localhost/", true},
      {"http://localhost", false},
      {"http://127.0.0.1:1153", false},
      {"https://localhost.example.com:1", false},
      {"https://api.liveblocks.io", false},
  }));
  CAPTURE(baseUrl);
  lb::LiveblocksOptions changed = options();
  changed.baseUrl = baseUrl;
  const lb::AuthResponse response = authorize(lb::Liveblocks(changed, transport).prepareSession("u"));
  CHECK(response.status == 503);
  CHECK((response.body == "Could not connect to your Liveblocks dev server. Is it running?") == hinted);
}

TEST_CASE_METHOD(AuthorizeFixture, "every outcome finishes the session") {
  lb::Session session = TokenFixture::session().allow("r", lb::FULL_ACCESS);
  if (GENERATE(true, false)) transport->pushJson(200, "{}");
  static_cast<void>(authorize(session));
  CHECK_THROWS_WITH(authorize(session), "You cannot reuse Session instances. Please create a new session every time.");
  CHECK(transport->requestCount() == 1);
}

TEST_CASE_METHOD(AuthorizeFixture, "warnings of Liveblocks are logged") {
  const auto [status, level] = GENERATE(table<int, lb::LogLevel>({
      {200, lb::LogLevel::warning},
      {403, lb::LogLevel::error},
      {500, lb::LogLevel::error},
  }));
  static_cast<void>(authorize(responseOf(status, "careful")));
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == level);
  CHECK(log.lines->front().second == "  ⚠ [Liveblocks] careful (POST /v2/authorize-user)");
}

TEST_CASE_METHOD(AuthorizeFixture, "an empty warning is not logged") {
  static_cast<void>(authorize(responseOf(200, "")));
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(AuthorizeFixture, "a warning cannot forge log lines") {
  lb::http::Response response = responseOf(200, "a\x1B[31m\r\nb");
  response.headers.push_back({"X-LB-WARN", "second"});
  static_cast<void>(authorize(response));
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().second == "  ⚠ [Liveblocks] a\\x1b[31m\\x0d\\x0ab, second (POST /v2/authorize-user)");
}

TEST_CASE_METHOD(AuthorizeFixture, "a warning is logged up to 2 KiB") {
  const auto [size, cut] = GENERATE(table<std::size_t, bool>({{2047, false}, {2048, false}, {2049, true}}));
  static_cast<void>(authorize(responseOf(200, std::string(size, 'w'))));
  const std::string shown = std::string(cut ? 2048 : size, 'w') + (cut ? "…" : "");
  CHECK(log.lines->front().second == "  ⚠ [Liveblocks] " + shown + " (POST /v2/authorize-user)");
}

TEST_CASE_METHOD(AuthorizeFixture, "a log that throws changes nothing") {
  lb::LiveblocksOptions changed = options();
  changed.log = [](lb::LogLevel, std::string_view) { throw std::runtime_error("full disk"); };
  transport->push(responseOf(200, "careful"));
  CHECK(authorize(lb::Liveblocks(changed, transport).prepareSession("u")).status == 200);
}

TEST_CASE_METHOD(AuthorizeFixture, "a transport that throws counts as a missing response") {
  const lb::Liveblocks broken(options(), std::make_shared<ThrowingTransport>());
  const lb::AuthResponse response = authorize(broken.prepareSession("u"));
  CHECK(response.status == 503);
  REQUIRE(response.error);
  CHECK(response.error->code == lb::Errc::internal);
}

TEST_CASE_METHOD(AuthorizeFixture, "the deadline is the caller's, or the timeout from now") {
  lb::Deadline seen;
  transport->setHandler([&](const lb::http::Request&, const lb::http::Call& call) {
    seen = call.deadline;
    return lb::testing::jsonResponse(200, "{}");
  });
  const lb::Deadline before = std::chrono::steady_clock::now();
  static_cast<void>(authorize(session()));
  CHECK(seen >= before + std::chrono::seconds(8));
  CHECK(seen <= std::chrono::steady_clock::now() + std::chrono::seconds(8));

  const lb::Deadline given = before + std::chrono::hours(1);
  static_cast<void>(authorize(session(), given));
  CHECK(seen == given);
}

TEST_CASE_METHOD(AuthorizeFixture, "a request is repeated unless the option forbids it") {
  lb::LiveblocksOptions changed = options();
  changed.retry = GENERATE(true, false);
  transport->pushJson(503, "first");
  transport->pushJson(200, "second");
  const lb::AuthResponse response = authorize(lb::Liveblocks(changed, transport).prepareSession("u"));
  CHECK(response.body == (changed.retry ? "second" : "first"));
  CHECK(transport->requestCount() == (changed.retry ? 2 : 1));
}

TEST_CASE_METHOD(AuthorizeFixture, "the outcome of authorize is available without I/O") {
  lb::Session session = TokenFixture::session().allow("r", lb::FULL_ACCESS);
  const lb::http::Request request = session.request();
  CHECK(request.body == R"({"userId":"user-123","permissions":{"r":["*:write"]}})");
  CHECK(session.response(lb::testing::jsonResponse(201, "x")).status == 200);
  CHECK(session.response(lb::Error{lb::Errc::reset, "why"}).body ==
        "Call to /v2/authorize-user failed. See \"error\" for more information.");
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(AuthorizeFixture, "a response is a plain aggregate") {
  static_assert(std::is_aggregate_v<lb::AuthResponse>);
  lb::AuthResponse response = authorize(lb::Error{lb::Errc::reset, "why"});
  response.body += "!";
  CHECK(response.status == 503);
  CHECK(response.error->message == "why");
  CHECK(response.upstreamStatus == 0);
}
