// Asynchronous calls in the coroutines of Asio. C++20.
#include <liveblocks/adapters/asio.hpp>

// Asio 1.22 and Boost 1.74 know the coroutines of g++, and not those of clang 14.
#if defined(ASIO_HAS_CO_AWAIT) || defined(BOOST_ASIO_HAS_CO_AWAIT)
#ifdef ASIO_STANDALONE
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/use_awaitable.hpp>
#else
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#endif
#if LIVEBLOCKS_ASIO_VERSION >= 101900
#ifdef ASIO_STANDALONE
#include <asio/experimental/awaitable_operators.hpp>
#else
#include <boost/asio/experimental/awaitable_operators.hpp>
#endif
#endif

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

#include "catch.hpp"
#include "slow_sum.hpp"

using liveblocks_tests::SlowSum;
using liveblocks_tests::Sum;

namespace {

namespace adapters = liveblocks::adapters;
namespace net = adapters::detail::net;

/// Runs a coroutine to its end.
template <class Coroutine>
void runToEnd(net::io_context& io, Coroutine coroutine) {
  std::exception_ptr failure;
  net::co_spawn(io, std::move(coroutine), [&](std::exception_ptr thrown) { failure = thrown; });
  io.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

TEST_CASE("Asio coroutine: the outcome of a call") {
  net::io_context io;
  SlowSum sums;
  bool isDone = false;
  runToEnd(io, [&]() -> net::awaitable<void> {
    net::post(io, [&] { sums.finishElsewhere(); });
    const Sum sum = co_await adapters::call<&SlowSum::addAsync>(sums, 1, 2, net::use_awaitable);
    CHECK(sum.value == 3);
    CHECK(io.get_executor().running_in_this_thread());
    CHECK(co_await adapters::call<&SlowSum::nameAsync>(sums, net::use_awaitable) == "sum");
    isDone = true;
  });
  CHECK(isDone);
}

TEST_CASE("Asio coroutine: misuse throws where the call stands") {
  net::io_context io;
  SlowSum sums;
  bool isCaught = false;
  runToEnd(io, [&]() -> net::awaitable<void> {
    try {
      co_await adapters::call<&SlowSum::addAsync>(sums, -1, 2, net::use_awaitable);
    } catch (const std::invalid_argument&) {
      isCaught = true;
    }
  });
  CHECK(isCaught);
}

#if LIVEBLOCKS_ASIO_VERSION >= 101900
TEST_CASE("Asio coroutine: what loses a race is cancelled") {
  using namespace net::experimental::awaitable_operators;
  net::io_context io;
  SlowSum sums;
  runToEnd(io, [&]() -> net::awaitable<void> {
    net::steady_timer timer(io, std::chrono::milliseconds(1));
    const auto first = co_await(adapters::call<&SlowSum::addAsync>(sums, 1, 2, net::use_awaitable) ||
                                timer.async_wait(net::use_awaitable));
    CHECK(first.index() == 1);
  });
  CHECK_FALSE(sums.isRunning());
}
#endif
#endif
