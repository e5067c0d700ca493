#include "http/curl/handle.hpp"

#include "catch.hpp"

using liveblocks::http::curl::Handle;
using liveblocks::http::curl::HandlePool;

TEST_CASE("the handle used last is handed out first, to its own origin") {
  HandlePool pool(4);
  auto first = pool.take("https://a");
  auto second = pool.take("https://a");
  auto other = pool.take("https://b");
  const Handle* const firstAddress = first.get();
  const Handle* const secondAddress = second.get();
  const Handle* const otherAddress = other.get();
  pool.give(std::move(first));
  pool.give(std::move(second));
  pool.give(std::move(other));

  first = pool.take("https://a");
  CHECK(first.get() == secondAddress);
  second = pool.take("https://a");
  CHECK(second.get() == firstAddress);
  other = pool.take("https://b");
  CHECK(other.get() == otherAddress);
}
