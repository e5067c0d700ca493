// Asynchronous calls as operations of Asio: handlers and futures. asio_coroutine_test.cpp has the coroutines.
#include <liveblocks/adapters/asio.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "asio_tokens.hpp"
#include "catch.hpp"
#include "slow_sum.hpp"

using liveblocks_tests::SlowSum;
using liveblocks_tests::Sum;

namespace {

namespace adapters = liveblocks::adapters;
namespace net = adapters::detail::net;

/// A handler that cannot be copied, as many of Asio.
struct Handler {
  std::optional<int>* outcome;
  std::unique_ptr<int> unique = std::make_unique<int>(0);

  void operator()(const Sum& sum) const { *outcome = sum.value; }
};

}  // namespace

TEST_CASE("Asio call: a handler is called on its executor, which is kept busy until then") {
  net::io_context io;
  SlowSum sums;
  std::optional<int> outcome;
  adapters::call<&SlowSum::addAsync>(sums, 1, 2, net::bind_executor(io.get_executor(), Handler{&outcome}));
  CHECK(sums.isRunning());
  CHECK(io.poll() == 0);
  CHECK_FALSE(io.stopped());
  sums.finishElsewhere();
  CHECK_FALSE(outcome);
  io.run();
  CHECK(outcome == 3);
}

TEST_CASE("Asio call: a handler is called directly if its executor runs there already") {
  net::io_context io;
  SlowSum sums;
  std::optional<int> outcome;
  adapters::call<&SlowSum::addAsync>(sums, 1, 2, net::bind_executor(io.get_executor(), Handler{&outcome}));
  net::post(io, [&] {
    sums.finish();
    CHECK(outcome == 3);
  });
  io.run();
}

TEST_CASE("Asio call: a handler is never called before the initiating function has returned") {
  net::io_context io;
  std::optional<std::string> name;
  const SlowSum sums;
  net::post(io, [&] {
    adapters::call<&SlowSum::nameAsync>(sums, net::bind_executor(io.get_executor(), [&](auto text) { name = text; }));
    CHECK_FALSE(name);
  });
  io.run();
  CHECK(name == "sum");
}

TEST_CASE("Asio call: a future gets the outcome") {
  SlowSum sums;
  auto future = adapters::call<&SlowSum::addAsync>(sums, 1, 2, net::use_future);
  CHECK(future.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
  sums.finish();
  CHECK(future.get().value == 3);
  CHECK(adapters::call<&SlowSum::nameAsync>(sums, net::use_future).get() == "sum");
}

TEST_CASE("Asio call: options stand before the token") {
  SlowSum sums;
  const auto deadline = liveblocks::Deadline() + std::chrono::seconds(7);
  const liveblocks::CancellationSource source;
  auto future = adapters::call<&SlowSum::addAsync>(sums, 1, 2, liveblocks::AsyncOptions{deadline, source.token(), {}},
                                                   net::use_future);
  CHECK(sums.deadline() == deadline);
  source.cancel();
  CHECK(future.get().value == -1);
}

TEST_CASE("Asio call: misuse throws where it happens") {
  SlowSum sums;
  CHECK_THROWS_AS((adapters::call<&SlowSum::addAsync>(sums, -1, 2, net::use_future)), std::invalid_argument);
}

TEST_CASE("Asio call: any operation that takes a callback") {
  SlowSum sums;
  auto future =
      adapters::call<Sum>([&](auto done, const auto& options) { sums.addAsync(1, 2, done, options); }, net::use_future);
  sums.finish();
  CHECK(future.get().value == 3);
}

#if LIVEBLOCKS_ASIO_VERSION >= 101900
TEST_CASE("Asio call: an operation is cancelled through its slot") {
  net::io_context io;
  net::cancellation_signal signal;
  SlowSum sums;
  std::optional<int> outcome;
  const auto handler = [&](const Sum& sum) { outcome = sum.value; };
  adapters::call<&SlowSum::addAsync>(
      sums, 1, 2, net::bind_cancellation_slot(signal.slot(), net::bind_executor(io.get_executor(), handler)));
  SECTION("not without effects") {
    signal.emit(net::cancellation_type::total);
    CHECK(sums.isRunning());
    sums.finish();
    io.run();
    CHECK(outcome == 3);
    signal.emit(net::cancellation_type::terminal);
  }
  SECTION("with effects") {
    signal.emit(GENERATE(net::cancellation_type::terminal, net::cancellation_type::partial));
    CHECK_FALSE(sums.isRunning());
    io.run();
    CHECK(outcome == -1);
  }
}
#endif
