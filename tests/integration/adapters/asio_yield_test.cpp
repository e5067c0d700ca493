// Asynchronous calls in the coroutines of Asio that have a stack.
#include <liveblocks/adapters/asio.hpp>

#include <boost/asio/spawn.hpp>

#include <exception>
#include <stdexcept>

#include "catch.hpp"
#include "slow_sum.hpp"

using liveblocks_tests::SlowSum;
using liveblocks_tests::Sum;

namespace {

namespace adapters = liveblocks::adapters;
namespace net = boost::asio;

}  // namespace

TEST_CASE("Asio coroutine with a stack: the outcome of a call") {
  net::io_context io;
  SlowSum sums;
  bool isDone = false;
  const auto coroutine = [&](const net::yield_context& yield) {
    net::post(io, [&] { sums.finishElsewhere(); });
    const Sum sum = adapters::call<&SlowSum::addAsync>(sums, 1, 2, yield);
    CHECK(sum.value == 3);
    CHECK(io.get_executor().running_in_this_thread());
    isDone = true;
  };
  net::spawn(io, coroutine, [](const std::exception_ptr& failure) { CHECK(failure == nullptr); });
  io.run();
  CHECK(isDone);
}

TEST_CASE("Asio coroutine with a stack: misuse throws where the call stands") {
  net::io_context io;
  SlowSum sums;
  const auto coroutine = [&](const net::yield_context& yield) {
    CHECK_THROWS_AS(adapters::call<&SlowSum::addAsync>(sums, -1, 2, yield), std::invalid_argument);
  };
  net::spawn(io, coroutine, [](const std::exception_ptr& failure) { CHECK(failure == nullptr); });
  io.run();
}
