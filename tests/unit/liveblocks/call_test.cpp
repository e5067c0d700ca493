#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <liveblocks/testing/event_recorder.hpp>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
namespace http = liveblocks::http;
using lb::Errc;
using liveblocks_tests::awaited;
using liveblocks_tests::ClientFixture;
using liveblocks_tests::Form;
using liveblocks_tests::TypedCallFixture;

namespace {

/// `Liveblocks::call()` in one of its forms.
struct CallFixture : TypedCallFixture {
  using TypedCallFixture::call;

  lb::Result<http::ApiResponse> call(const http::ApiCall& call, std::optional<lb::Deadline> deadline = {}) const {
    return call_(client(), call, deadline);
  }
  /// The same, repeating requests.
  lb::Result<http::ApiResponse> callPersistently(const http::ApiCall& call) const {
    lb::LiveblocksOptions changed = options();
    changed.retry = true;
    return call_(lb::Liveblocks(changed, transport), call, {});
  }

 private:
  lb::Result<http::ApiResponse> call_(const lb::Liveblocks& client, const http::ApiCall& call,
                                      std::optional<lb::Deadline> deadline) const {
    if (form == Form::blocking) return client.call(call, deadline);
    return awaited<lb::Result<http::ApiResponse>>(
        [&](lb::Callback<lb::Result<http::ApiResponse>> done) { client.callAsync(call, std::move(done), {deadline}); });
  }
};

const http::ApiCall storageCall{"GET", "/v2/rooms/{roomId}/storage", {{"roomId", "my/room"}}, {{"format", "json"}}};

std::string contentTypeOf(const http::Request& request) {
  for (const http::Header& header : request.headers) {
    if (header.name == "Content-Type") return header.value;
  }
  return {};
}

}  // namespace

TEST_CASE_METHOD(CallFixture, "a call sends what it says, with the secret key") {
  transport->push(http::Response{200, {{"X-Test", "1"}}, R"({"a":1})"});
  const auto response = call(storageCall);
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(response->headers.front().name == "X-Test");
  CHECK(response->json().value().text() == R"({"a":1})");
  const http::Request request = transport->requests().at(0);
  CHECK(request.method == "GET");
  CHECK(request.url == "https://api.liveblocks.io/v2/rooms/my%2Froom/storage?format=json");
  CHECK(request.headers.front().value == "Bearer sk_testingtesting");
  CHECK(request.headers.front().sensitive);
  CHECK(contentTypeOf(request).empty());
  CHECK(request.body.empty());
}

TEST_CASE_METHOD(CallFixture, "a call sends JSON or bytes") {
  transport->push(http::Response{204, {}, {}});
  CHECK(call({"PATCH", "/a", {}, {}, lb::Json::parse("[ 1 ]")}));
  CHECK(transport->requests().at(0).body == "[1]");
  CHECK(contentTypeOf(transport->requests().at(0)) == "application/json");
  transport->push(http::Response{200, {}, {}});
  const std::string bytes("\0\xff", 2);
  CHECK(call({"PUT", "/a", {}, {}, http::ApiBytes{"application/octet-stream", bytes}}));
  CHECK(transport->requests().at(1).body == bytes);
  CHECK(contentTypeOf(transport->requests().at(1)) == "application/octet-stream");
}

TEST_CASE_METHOD(CallFixture, "an invalid call sends nothing") {
  const auto response = call({"GET", "/v2/rooms/{roomId}/storage", {{"roomId", ".."}}});
  REQUIRE(!response);
  CHECK(response.error().code == Errc::invalidRequest);
  CHECK(response.error().message ==
        "GET /v2/rooms/{roomId}/storage: the path parameter 'roomId' is a path segment of dots, or holds one");
  CHECK(transport->requestCount() == 0);
}

TEST_CASE_METHOD(CallFixture, "an error response of a call is an error without its parameters") {
  const auto [status, code] = GENERATE(table<int, Errc>({{400, Errc::invalidRequest},
                                                         {403, Errc::secretKeyRejected},
                                                         {404, Errc::notFound},
                                                         {409, Errc::conflict},
                                                         {302, Errc::upstream},
                                                         {501, Errc::upstream}}));
  transport->pushJson(status, R"({"error":"NO","message":"not so: sk_testingtesting"})");
  const auto response = call(storageCall);
  REQUIRE(!response);
  CHECK(response.error().code == code);
  CHECK(response.error().upstreamStatus == status);
  CHECK(response.error().message.find("GET /v2/rooms/{roomId}/storage: Liveblocks responded with status ") == 0);
  CHECK(response.error().message.find("my") == std::string::npos);
  CHECK(response.error().message.find("testing") == std::string::npos);
  CHECK(response.error().info->code == "NO");
}

TEST_CASE_METHOD(CallFixture, "a call is repeated as its method permits") {
  const auto [method, requests] =
      GENERATE(table<const char*, std::size_t>({{"GET", 2}, {"PUT", 2}, {"DELETE", 2}, {"POST", 1}, {"PATCH", 1}}));
  transport->pushJson(503, "{}");
  transport->pushJson(200, "{}");
  CHECK(callPersistently({method, "/a"}).ok() == (requests == 2));
  CHECK(transport->requestCount() == requests);
}

TEST_CASE_METHOD(CallFixture, "a call says itself whether it may be repeated") {
  http::ApiCall read{"POST", "/a"};
  read.repeat = http::ApiRepeat::always;
  transport->pushJson(503, "{}");
  transport->pushJson(200, "{}");
  CHECK(callPersistently(read));
  http::ApiCall write{"GET", "/a"};
  write.repeat = http::ApiRepeat::onlyIfUnprocessed;
  transport->pushJson(503, "{}");
  CHECK(!callPersistently(write));
}

TEST_CASE_METHOD(CallFixture, "a repeated deletion that finds nothing has succeeded") {
  transport->push(lb::Error{Errc::reset, "x"});
  transport->pushJson(404, "{}");
  const auto response = callPersistently({"DELETE", "/a"});
  REQUIRE(response);
  CHECK(response->status == 404);
  transport->pushJson(404, "{}");
  CHECK(callPersistently({"DELETE", "/a"}).error().code == Errc::notFound);
}

TEST_CASE_METHOD(CallFixture, "a deletion that returns something does not read the 404 of a repeat") {
  http::TypedCall<std::string> typed{{"DELETE", "/a/{id}", {{"id", "x"}}}};
  typed.read = [](const http::ApiResponse& response) -> lb::Result<std::string> { return response.body; };
  lb::LiveblocksOptions persistent = options();
  persistent.retry = true;
  const lb::Liveblocks client(persistent, transport);
  transport->push(lb::Error{Errc::reset, "x"});
  transport->pushJson(404, "{}");
  CHECK(client.call(typed) ==
        lb::Result<std::string>(
            lb::Error{Errc::notFound,
                      "DELETE /a/{id}: a repeat found nothing to delete, and the response before it is lost", 404}));
  transport->push(lb::Error{Errc::reset, "x"});
  transport->pushJson(404, "{}");
  CHECK(client.call(http::TypedCall<void>{typed.request}).ok());
}

TEST_CASE_METHOD(CallFixture, "a call passes on its deadline and its limit") {
  const lb::Deadline deadline = std::chrono::steady_clock::now() + std::chrono::hours(1);
  transport->setHandler([&](const http::Request&, const http::Call& given) {
    CHECK(given.deadline == deadline);
    CHECK(given.maxBody == 7);
    return http::Response{200, {}, {}};
  });
  http::ApiCall limited{"GET", "/a"};
  limited.maxResponse = 7;
  CHECK(call(limited, deadline));
}

TEST_CASE_METHOD(CallFixture, "a typed call is read, and says what cannot be read") {
  http::TypedCall<int> typed{{"GET", "/a"}};
  typed.read = [](const http::ApiResponse& response) -> lb::Result<int> {
    if (response.body.empty()) return lb::Error{Errc::upstream, "there is no number"};
    return std::stoi(response.body);
  };
  transport->push(http::Response{200, {}, "17"});
  CHECK(call(typed).value() == 17);
  transport->push(http::Response{200, {}, {}});
  CHECK(call(typed) == lb::Result<int>(lb::Error{Errc::upstream, "GET /a: there is no number", 200}));
  transport->push(lb::Error{Errc::timeout, "x"});
  CHECK(call(typed).error().code == Errc::timeout);
  transport->push(http::Response{204, {}, {}});
  CHECK(call(http::TypedCall<void>{{"POST", "/a"}}));
}

TEST_CASE("an exception while reading becomes an error of an asynchronous call") {
  const ClientFixture own;
  own.transport->push(http::Response{200, {}, "x"});
  http::TypedCall<int> typed{{"GET", "/a/{secretive}", {{"secretive", "x"}}}};
  typed.read = [](const http::ApiResponse& response) -> lb::Result<int> { return std::stoi(response.body); };
  const auto outcome = awaited<lb::Result<int>>(
      [&](lb::Callback<lb::Result<int>> done) { own.client().callAsync(typed, std::move(done)); });
  CHECK(outcome == lb::Result<int>(lb::Error{
                       Errc::internal, "GET /a/{secretive}: an exception was thrown while the response was read"}));
}

TEST_CASE("a call without a callback or a transport is a mistake of the program") {
  const ClientFixture own;
  CHECK_THROWS_AS(own.client().callAsync(storageCall, nullptr), std::invalid_argument);
  CHECK_THROWS_AS(own.client().callAsync(http::TypedCall<void>{storageCall}, nullptr), std::invalid_argument);
  const lb::Liveblocks sansIo(own.options(), nullptr);
  CHECK_THROWS_AS(sansIo.call(storageCall), std::logic_error);
  CHECK_THROWS_AS(sansIo.callAsync(storageCall, [](const auto&) {}), std::logic_error);
}

TEST_CASE_METHOD(CallFixture, "the operation of a call is told to the events") {
  lb::testing::EventRecorder recorder;
  lb::LiveblocksOptions watched = options();
  watched.events = recorder.events();
  const lb::Liveblocks client(watched, transport);
  transport->setHandler([](const auto&, const auto&) { return http::Response{200, {}, {}}; });
  CHECK(client.call(storageCall));
  http::ApiCall named = storageCall;
  named.operation = "liveblocks.storage.get";
  CHECK(client.call(named));
  CHECK(recorder.lines() == std::vector<std::string>{
                                "exchange liveblocks.call GET api.liveblocks.io:443 #0 200",
                                "exchange liveblocks.storage.get GET api.liveblocks.io:443 #0 200",
                            });
}

TEST_CASE("the operation of an asynchronous call may end before its events do") {
  const ClientFixture own;
  lb::testing::EventRecorder recorder;
  lb::LiveblocksOptions watched = own.options();
  watched.events = recorder.events();
  const lb::Liveblocks client(watched, own.transport);
  own.transport->push(http::Response{200, {}, {}});
  const auto outcome = awaited<lb::Result<http::ApiResponse>>([&](lb::Callback<lb::Result<http::ApiResponse>> done) {
    http::ApiCall named = storageCall;
    named.operation = std::string("app.documents.read_") + "with_a_name_that_needs_memory";
    client.callAsync(named, std::move(done));
    named.operation.assign(named.operation.size(), 'x');
  });
  CHECK(outcome.ok());
  CHECK(recorder.lines() == std::vector<std::string>{"exchange app.documents.read_with_a_name_that_needs_memory GET "
                                                     "api.liveblocks.io:443 #0 200"});
}
