#include <chrono>
#include <string>
#include <vector>

#include <liveblocks/clerk/users_api.hpp>

#include "catch.hpp"
#include "fixture.hpp"

namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks_tests::ApiFixture;
using namespace std::chrono_literals;

namespace {

const http::ApiCall userCall{"GET", "/v1/users/{userId}", {{"userId", "user_secretive"}}};

struct FailureFixture : ApiFixture {
  Error failure(http::Response response) const {
    transport->push(std::move(response));
    return call(userCall).error();
  }
  Error failure(int status, const std::string& body) const { return failure({status, {}, body}); }
};

std::string textOf(const Error& error) {
  std::string text = error.message;
  if (error.info) {
    for (const std::string& part :
         {error.info->code, error.info->message, error.info->reason, error.info->details, error.info->requestId}) {
      text += "\n" + part;
    }
  }
  return text;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE_METHOD(FailureFixture, "each status of Clerk has a code") {
  const auto [status, code] = GENERATE(table<int, Errc>({{400, Errc::invalidRequest},
                                                         {413, Errc::invalidRequest},
                                                         {422, Errc::invalidRequest},
                                                         {401, Errc::secretKeyRejected},
                                                         {403, Errc::secretKeyRejected},
                                                         {404, Errc::notFound},
                                                         {409, Errc::conflict},
                                                         {402, Errc::upstream},
                                                         {410, Errc::upstream},
                                                         {429, Errc::upstream},
                                                         {500, Errc::upstream},
                                                         {302, Errc::upstream},
                                                         {199, Errc::upstream}}));
  CAPTURE(status);
  const Error error = failure(status, "{}");
  CHECK(error.code == code);
  CHECK(error.upstreamStatus == (status < 200 ? 0 : status));
  CHECK(error.message.find("GET /v1/users/{userId}: ") == 0);
  CHECK_FALSE(contains(textOf(error), "secretive"));
  CHECK(error.info == nullptr);
}

TEST_CASE_METHOD(FailureFixture, "the error says what Clerk says") {
  const Error error = failure(422, R"({"errors":[
      {"code":"form_param_format_invalid","message":"is invalid","long_message":"role is invalid",
       "meta":{"param_name":"role"}},
      {"code":"form_param_missing","message":"is missing","long_message":"x","meta":{"param_name":"user_id"}},
      {"code":"other","message":"no"}],"clerk_trace_id":"trace_1"})");
  CHECK(error.message ==
        "GET /v1/users/{userId}: Clerk responded with status 422, code form_param_format_invalid, request id trace_1: "
        "is invalid: role is invalid");
  REQUIRE(error.info);
  CHECK(error.info->code == "form_param_format_invalid");
  CHECK(error.info->message == "is invalid");
  CHECK(error.info->reason == "role is invalid");
  CHECK(error.info->details == "Parameter: role\nAlso: form_param_missing: is missing (user_id)\nAlso: other: no");
  CHECK(error.info->requestId == "trace_1");
}

TEST_CASE_METHOD(FailureFixture, "a long message that says the same is not repeated") {
  const Error error = failure(404, R"({"errors":[{"code":"a","message":"not found","long_message":"not found"}]})");
  CHECK(error.message == "GET /v1/users/{userId}: Clerk responded with status 404, code a: not found");
  CHECK(error.info->reason.empty());
}

TEST_CASE_METHOD(FailureFixture, "the id of a request that Clerk refused may be in a header") {
  const Error error = failure({404, {{"CF-Ray", "ray_1"}}, "{}"});
  CHECK(error.info->requestId == "ray_1");
  CHECK(failure({404, {{"CF-Ray", "ray_1"}}, R"({"clerk_trace_id":"t"})"}).info->requestId == "t");
}

TEST_CASE_METHOD(FailureFixture, "what is not the error body of Clerk is text, or nothing") {
  CHECK(failure(502, "<html>").info->message == "<html>");
  const std::string body =
      GENERATE("[]", "1", R"({"errors":{}})", R"({"errors":[7]})", R"({"errors":[{"code":5}]})", R"({"errors":[]})");
  CAPTURE(body);
  CHECK(failure(400, body).info == nullptr);
}

TEST_CASE_METHOD(FailureFixture, "credentials in what Clerk sends get into no error and no log") {
  const int status = GENERATE(401, 422, 429);
  const std::string secret = GENERATE("sk_test_geheimgeheim", "sk_live_geheimgeheim", "Bearer geheimgeheimgeheimgeheim",
                                      "sk_test_\\u0067eheimgeheim");
  CAPTURE(secret);
  for (const std::string body :
       {R"({"errors":[{"code":"X","message":"X","long_message":"a X","meta":{"param_name":"X"}},)"
        R"({"code":"X","message":"X"}],"clerk_trace_id":"X"})",
        "<html>X</html>"}) {
    if (body.front() == '<' && secret.find('\\') != std::string::npos) continue;
    std::string filled = body;
    for (std::size_t at = filled.find('X'); at != std::string::npos; at = filled.find('X', at + secret.size())) {
      filled.replace(at, 1, secret);
    }
    const Error error = failure({status, {{"CF-Ray", secret}}, filled});
    CHECK_FALSE(contains(textOf(error), "eheim"));
  }
  for (const auto& [level, line] : *log.lines) CHECK_FALSE(contains(line, "eheim"));
}

TEST_CASE_METHOD(FailureFixture, "what Clerk sends is shortened") {
  const auto [size, kept] = GENERATE(table<std::size_t, std::size_t>({{4095, 4095}, {4096, 4096}, {4097, 4096}}));
  const Error error = failure(400, R"({"errors":[{"code":"a","message":")" + std::string(size, 'm') + R"("}]})");
  CHECK(error.info->message.substr(0, kept) == std::string(kept, 'm'));
  CHECK((error.info->message.size() > kept) == (size > kept));
  CHECK(error.message.size() < 700);
}

TEST_CASE_METHOD(FailureFixture, "at most ten errors of a response are told") {
  const std::size_t count = GENERATE(std::size_t{10}, std::size_t{11});
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    list.append(i == 0 ? "" : ",").append(R"({"code":"c)" + std::to_string(i) + R"(","message":"m"})");
  }
  const Error error = failure(400, R"({"errors":[)" + list + "]}");
  CHECK(contains(error.info->details, "Also: c9: m"));
  CHECK_FALSE(contains(error.info->details, "c10"));
}

TEST_CASE_METHOD(FailureFixture, "a call to Clerk says when to try again") {
  CHECK(failure({429, {{"Retry-After", "3"}}, ""}).retryAfter == 3s);
  CHECK(failure({429, {{"Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"}}, ""}).retryAfter == 0s);
  CHECK_FALSE(failure({429, {}, ""}).retryAfter);
}

TEST_CASE_METHOD(FailureFixture, "a rejected key and too many requests are logged once, other failures are not") {
  const auto [status, level] = GENERATE(table<int, std::optional<liveblocks::LogLevel>>({
      {401, liveblocks::LogLevel::error},
      {429, liveblocks::LogLevel::warning},
      {403, std::nullopt},
      {404, std::nullopt},
      {500, std::nullopt},
  }));
  const auto one = client();
  for (int i = 0; i < 3; ++i) {
    transport->push(http::Response{status, {}, ""});
    CHECK(!call(one, userCall));
  }
  REQUIRE(log.lines->size() == (level ? 1U : 0U));
  if (level) CHECK(log.lines->front().first == *level);
  transport->push(http::Response{200, {}, ""});
  CHECK(call(one, userCall));
  REQUIRE(log.lines->size() == (level ? 2U : 0U));
  if (level) CHECK(contains(log.lines->back().second, "calling Clerk's API works again"));
}

TEST_CASE_METHOD(FailureFixture, "a rejected key is logged with what to do") {
  failure(401, "{}");
  CHECK(contains(log.lines->front().second, "GET /v1/users/{userId}: Clerk refused CLERK_SECRET_KEY: check"));
}

TEST_CASE_METHOD(FailureFixture, "an error of the transport names the call to Clerk") {
  transport->push(Error{Errc::tls, "no trust"});
  const Error error = call(userCall).error();
  CHECK(error.code == Errc::tls);
  CHECK(error.message == "GET /v1/users/{userId}: no trust");
}
