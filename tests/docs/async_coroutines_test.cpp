// The coroutines in docs/async.md and docs/api-calls.md. C++20.
#include <liveblocks/adapters/asio.hpp>
#include <liveblocks/coroutine.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/storage.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

// Boost 1.74 does not know the coroutines of clang 14.
#ifdef BOOST_ASIO_HAS_CO_AWAIT
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#endif

#include <coroutine>
#include <exception>
#include <future>
#include <iostream>
#include <memory>
#include <string>

#include "catch.hpp"

namespace {

namespace testing = liveblocks::testing;

/// Begins at once, and destroys itself at its end.
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

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

// NOLINTBEGIN(performance-unnecessary-value-param): a coroutine outlives the arguments of its caller.
// async.md coroutine: begin
Task showRoom(const liveblocks::Liveblocks& client, std::string roomId) {
  const auto room = co_await liveblocks::call<&liveblocks::Liveblocks::getRoomAsync>(client, roomId);
  std::cout << (room ? room->id : room.error().message) << '\n';
}
// async.md coroutine: end

// api-calls.md coroutine: begin
Task showDocument(const liveblocks::Liveblocks& client, std::string roomId) {
  using liveblocks::Json;
  const auto call = liveblocks::storage::get(roomId);
  const auto document = co_await liveblocks::call<&liveblocks::Liveblocks::callAsync<Json>>(client, call);
  std::cout << (document ? document->text() : document.error().message) << '\n';
}
// api-calls.md coroutine: end
// NOLINTEND(performance-unnecessary-value-param)

}  // namespace

TEST_CASE_METHOD(Fixture, "docs: a coroutine") {
  showRoom(client, "design");
  CHECK(scheduler->run() > 0);
}

TEST_CASE_METHOD(Fixture, "docs: a typed call in a coroutine") {
  showDocument(client, "design");
  CHECK(scheduler->run() > 0);
}

#ifdef BOOST_ASIO_HAS_CO_AWAIT
namespace {

namespace adapters = liveblocks::adapters;
using boost::asio::use_awaitable;

// async.md Asio coroutine: begin
boost::asio::awaitable<std::string> nameOf(const liveblocks::Liveblocks& client, const std::string& roomId) {
  const auto room = co_await adapters::call<&liveblocks::Liveblocks::getRoomAsync>(client, roomId, use_awaitable);
  co_return room ? room->id : room.error().message;
}
// async.md Asio coroutine: end

// api-calls.md Asio coroutine: begin
boost::asio::awaitable<std::string> documentOf(const liveblocks::Liveblocks& client, const std::string& roomId) {
  using liveblocks::Json;
  const auto call = liveblocks::storage::get(roomId);
  const auto document = co_await adapters::call<&liveblocks::Liveblocks::callAsync<Json>>(client, call, use_awaitable);
  co_return document ? document->text() : document.error().message;
}
// api-calls.md Asio coroutine: end

}  // namespace

TEST_CASE_METHOD(Fixture, "docs: a coroutine of Asio") {
  boost::asio::io_context io;
  const std::string roomId = "design";
  std::future<std::string> name = boost::asio::co_spawn(io, nameOf(client, roomId), boost::asio::use_future);
  io.poll();
  scheduler->run();
  io.run();
  CHECK(name.get() == "design");
}

TEST_CASE_METHOD(Fixture, "docs: a typed call in a coroutine of Asio") {
  boost::asio::io_context io;
  const std::string roomId = "design";
  std::future<std::string> document = boost::asio::co_spawn(io, documentOf(client, roomId), boost::asio::use_future);
  io.poll();
  scheduler->run();
  io.run();
  CHECK(document.get() == R"({"liveblocksType":"LiveObject","data":{}})");
}
#endif
