// The code in docs/async.md, except for that in coroutines and for the loops of other libraries.
#include <liveblocks/adapters/asio.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <boost/asio/use_future.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace {

namespace testing = liveblocks::testing;

/// A client of a fake, which completes calls when a test runs them.
struct Fixture {
  std::shared_ptr<testing::ManualScheduler> scheduler = std::make_shared<testing::ManualScheduler>();
  std::shared_ptr<testing::FakeLiveblocks> fake = std::make_shared<testing::FakeLiveblocks>();
  liveblocks::Liveblocks client{{fake->secretKey()}, fake};

  Fixture() {
    fake->setScheduler(scheduler);
    CHECK(client.createRoom("design").ok());
  }
};

liveblocks::AuthEndpoint makeEndpoint(const liveblocks::Liveblocks& client) {
  const auto identify = [](const liveblocks::http::RequestView&, liveblocks::Deadline) {
    return liveblocks::Result<liveblocks::Caller>(liveblocks::Caller{"bob"});
  };
  const auto decide = [](const liveblocks::AuthRequest& request) {
    return liveblocks::Decision().allow(request.room.value_or("lobby"), liveblocks::FULL_ACCESS);
  };
  return {client, identify, decide};
}

liveblocks::http::ReceivedRequest tokenRequest() {
  return {"POST", "/api/liveblocks-auth", {{"Content-Type", "application/json"}}, R"({"room":"design"})"};
}

}  // namespace

TEST_CASE_METHOD(Fixture, "docs: an asynchronous call") {
  // async.md callback: begin
  client.getRoomAsync("design", [](const liveblocks::Result<liveblocks::Room>& room) {
    if (room) std::cout << room->id << '\n';
  });
  // async.md callback: end
  CHECK(scheduler->run() > 0);
}

TEST_CASE("docs: calls on a context of Asio") {
  const std::string secretKey = "sk_test";
  // async.md Asio: begin
  boost::asio::io_context io;
  const auto transport = liveblocks::http::makeCurlTransport({}, liveblocks::adapters::makeLoop(io));
  const liveblocks::Liveblocks client({secretKey}, transport);
  // async.md Asio: end
  CHECK(io.run() == 0);
  CHECK(transport->scheduler() != nullptr);
}

TEST_CASE("docs: calls on a thread of the library") {
  const std::string secretKey = "sk_test";
  // async.md LoopThread: begin
  liveblocks::http::LoopThread thread;
  const auto transport = liveblocks::http::makeCurlTransport({}, thread.makeLoop());
  const liveblocks::Liveblocks client({secretKey}, transport);
  // async.md LoopThread: end
  CHECK(transport->scheduler() != nullptr);
}

TEST_CASE_METHOD(Fixture, "docs: an endpoint that does not block") {
  const liveblocks::AuthEndpoint endpoint = makeEndpoint(client);
  auto request = tokenRequest();
  int status = 0;
  const auto respond = [&](const liveblocks::http::Response& response) { status = response.status; };
  // async.md endpoint: begin
  endpoint.handleAsync(std::move(request), respond);
  // async.md endpoint: end
  scheduler->run();
  CHECK(status == 200);
}

namespace {

void authenticate(const liveblocks::clerk::RouteGuard& guard, const liveblocks::http::ReceivedRequest& request,
                  const liveblocks::Callback<liveblocks::clerk::RouteGuardResult>& respondTo) {
  // async.md guard: begin
  if (auto result = guard.authenticateLocally(request)) return respondTo(std::move(*result));
  guard.authenticateAsync(request, respondTo);
  // async.md guard: end
}

}  // namespace

TEST_CASE("docs: a guard that almost never waits") {
  const testing::ClerkIssuer issuer;
  liveblocks::clerk::RequestAuthenticatorOptions options;
  options.publishableKey = issuer.publishableKey();
  const auto keys = liveblocks::clerk::KeySource::pem(issuer.publicKeyPem());
  const liveblocks::clerk::RouteGuard guard(liveblocks::clerk::RequestAuthenticator(keys, options, nullptr));
  liveblocks::http::ReceivedRequest request{"GET", "/page", {}, {}};
  request.headers.emplace_back("Authorization", "Bearer " + issuer.sessionToken());
  std::string userId;
  authenticate(guard, request, [&](const liveblocks::clerk::RouteGuardResult& result) {
    CHECK_FALSE(result.response);
    userId = result.state.auth().userId();
  });
  CHECK(userId == "user_1");
}

TEST_CASE_METHOD(Fixture, "docs: a token of Asio") {
  // async.md token: begin
  namespace adapters = liveblocks::adapters;
  std::future<liveblocks::Result<liveblocks::Room>> future =
      adapters::call<&liveblocks::Liveblocks::getRoomAsync>(client, "design", boost::asio::use_future);
  // async.md token: end
  scheduler->run();
  CHECK(future.get()->id == "design");
}

TEST_CASE_METHOD(Fixture, "docs: options of asynchronous calls") {
  struct Window {
    std::vector<std::function<void()>> tasks;
    void runLater(std::function<void()> task) { tasks.push_back(std::move(task)); }
  };
  Window window;
  std::optional<liveblocks::Errc> error;
  const auto show = [&](const liveblocks::Result<liveblocks::Room>& room) { error = room.error().code; };
  const liveblocks::CancellationSource source;
  // async.md options: begin
  liveblocks::AsyncOptions options;
  options.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  options.cancellation = source.token();
  options.executor = [&](std::function<void()> task) { window.runLater(std::move(task)); };
  client.getRoomAsync("design", show, options);

  source.cancel();  // show() gets Errc::cancelled, unless it was called before
  // async.md options: end
  scheduler->run();
  REQUIRE(window.tasks.size() == 1);
  CHECK_FALSE(error);
  window.tasks.front()();
  CHECK(error == liveblocks::Errc::cancelled);
}
