#include "catch.hpp"
#include "request_fixture.hpp"

using namespace liveblocks;
using liveblocks_tests::RequestFixture;

namespace {

constexpr std::size_t maxBytes = std::size_t{64} << 10;
constexpr std::size_t maxToken = std::size_t{16} << 10;

struct LimitFixture : RequestFixture {
  std::string cookies = "__session=" + token() + "; __client_uat=1";
};

std::string repeated(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE_METHOD(LimitFixture, "more than 200 cookies are not read") {
  const auto [others, expected] =
      GENERATE(table<int, std::string>({{197, "in user_1"}, {198, "in user_1"}, {199, "out unexpected-error"}}));
  options.cookiePolicy = GENERATE(clerk::CookiePolicy::full, clerk::CookiePolicy::sessionOnly);
  setHeader("cookie", repeated("a=b;", others) + cookies);
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(LimitFixture, "more than 64 KiB of cookies are not read, in one header or in several") {
  const auto [size, expected] = GENERATE(table<std::size_t, std::string>(
      {{maxBytes - 1, "in user_1"}, {maxBytes, "in user_1"}, {maxBytes + 1, "out unexpected-error"}}));
  const std::string padding = "; x=" + std::string(size - cookies.size() - 4, 'x');
  SECTION("one") { setHeader("cookie", cookies + padding); }
  SECTION("two") {
    setHeader("cookie", cookies);
    setHeader("cookie", padding);
  }
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(LimitFixture, "too many cookies do not matter to a token in the header") {
  setHeader("cookie", repeated("a=b;", 300));
  setBearer(token());
  CHECK(outcome() == "in user_1");
}

TEST_CASE_METHOD(LimitFixture, "a token above 16 KiB is not read") {
  const auto [size, code] = GENERATE(table<std::size_t, Errc>(
      {{maxToken - 1, Errc::malformed}, {maxToken, Errc::malformed}, {maxToken + 1, Errc::tokenTooLarge}}));
  const std::string text(size, 'x');
  SECTION("header") { setBearer(text); }
  SECTION("cookie") { setHeader("cookie", "__session=" + text + "; __client_uat=1"); }
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "out token-invalid");
  CHECK(state.error()->code == code);
}

TEST_CASE_METHOD(LimitFixture, "a URL above 16 KiB is not redirected") {
  setHeader("cookie", "__client_uat=1");
  setDocument();
  const auto [size, expected] =
      GENERATE(table<std::size_t, std::string>({{maxToken, "handshake client-uat-but-no-session-token"},
                                                {maxToken + 1, "out client-uat-but-no-session-token"}}));
  url = "https://app.example.com/?";
  url += std::string(size - url.size(), 'q');
  CHECK(outcome() == expected);
}

TEST_CASE_METHOD(LimitFixture, "a session cookie above 16 KiB does not travel to Clerk") {
  setDocument();
  const auto [size, travels] = GENERATE(table<std::size_t, bool>({{maxToken, true}, {maxToken + 1, false}}));
  setHeader("cookie", "__session=" + std::string(size, 'x'));
  const clerk::RequestState state = authenticate();
  CHECK(outcomeOf(state) == "handshake session-token-but-no-client-uat");
  CHECK((headerOf(state, "location").find("__session=") != std::string::npos) == travels);
}
