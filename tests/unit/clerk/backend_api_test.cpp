#include "clerk/backend_api.hpp"

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;

namespace {

liveblocks::Error errorOf(const http::Response& response) {
  return clerk::detail::backendError(response, std::chrono::system_clock::from_time_t(1735689600));
}

}  // namespace

TEST_CASE("statuses of the Backend API have a meaning") {
  const auto [status, code] = GENERATE(table<int, Errc>({
      {400, Errc::upstream},
      {401, Errc::secretKeyRejected},
      {403, Errc::secretKeyRejected},
      {404, Errc::notFound},
      {422, Errc::upstream},
      {429, Errc::upstream},
      {500, Errc::upstream},
      {204, Errc::upstream},
      {302, Errc::upstream},
  }));
  const liveblocks::Error error = errorOf({status, {}, ""});
  CHECK(error.code == code);
  CHECK(error.upstreamStatus == status);
  CHECK_FALSE(error.retryAfter);
}

TEST_CASE("Clerk's error code and trace id are told") {
  const std::string body =
      R"({"errors":[{"code":"resource_not_found","message":"not found","meta":{}}],"clerk_trace_id":"5d1c-2"})";
  CHECK(errorOf({404, {{"cf-ray", "8e1-FRA"}}, body}).message ==
        "Clerk responded with status 404, code resource_not_found, trace id 5d1c-2");
}

TEST_CASE("a refused secret key is told by what to check") {
  CHECK(errorOf({401, {}, R"({"errors":[{"code":"clerk_key_invalid"}]})"}).message ==
        "Clerk refused CLERK_SECRET_KEY: check that it is the whole key, of this instance, and not deleted in the "
        "dashboard; status 401, code clerk_key_invalid");
}

TEST_CASE("without a trace id in the body that of the network counts") {
  CHECK(errorOf({502, {{"CF-Ray", "8e1-FRA"}}, "<html>"}).message ==
        "Clerk responded with status 502, trace id 8e1-FRA");
}

TEST_CASE("the message contains no text of the response") {
  const std::string body =
      GENERATE(as<std::string>(), "", "{}", "[]", R"({"errors":{}})", R"({"errors":[]})", R"({"errors":["x"]})",
               R"({"errors":[{"code":5}]})", R"({"errors":[{"code":"two words"}],"clerk_trace_id":"a\nb"})",
               R"({"errors":[{"message":"sk_live_x"}]})", R"({"errors":[{"code":"sk_live_x"}]})",
               R"({"errors":[{"code":"key-sk_live_0123456789"}],"clerk_trace_id":"sk_test_x"})",
               R"({"clerk_trace_id":"ak_0123456789abcdef"})", R"({"clerk_trace_id":"whsec_x"})",
               R"({"errors":[{"code":"a","code":"b"}]})", R"({"errors":[{"code":")" + std::string(65, 'a') + "\"}]}");
  CAPTURE(body);
  CHECK(errorOf({500, {{"cf-ray", "a b"}}, body}).message == "Clerk responded with status 500");
  CHECK(errorOf({500, {{"cf-ray", "sk_live_x"}}, body}).message == "Clerk responded with status 500");
}

TEST_CASE("an error code of 64 characters is told") {
  const std::string code(64, 'a');
  CHECK_THAT(errorOf({500, {}, R"({"errors":[{"code":")" + code + "\"}]}"}).message, ContainsSubstring(code));
}

TEST_CASE("the wait that Clerk asks for is passed on") {
  CHECK(errorOf({429, {{"Retry-After", "7"}}, ""}).retryAfter == std::chrono::seconds(7));
  CHECK(errorOf({503, {{"retry-after", "Wed, 01 Jan 2025 00:00:05 GMT"}}, ""}).retryAfter == std::chrono::seconds(5));
}
