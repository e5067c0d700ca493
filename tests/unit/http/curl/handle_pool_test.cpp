#include "http/curl/handle.hpp"

#include "catch.hpp"

using liveblocks::http::curl::Handle;
using liveblocks::http::curl::HandlePool;
using liveblocks::http::curl::Settings;

TEST_CASE("the handle used last is handed out first, to its own origin") {
  Settings settings{};
  settings.maxIdleConnections = 4;
  HandlePool pool(settings);
  const auto take = [&](const char* origin) { return pool.take(origin, false).value(); };
  auto first = take("https://a");
  auto second = take("https://a");
  auto other = take("https://b");
  const Handle* const firstAddress = first.get();
  const Handle* const secondAddress = second.get();
  const Handle* const otherAddress = other.get();
  pool.give(std::move(first));
  pool.give(std::move(second));
  pool.give(std::move(other));

  first = take("https://a");
  CHECK(first.get() == secondAddress);
  second = take("https://a");
  CHECK(second.get() == firstAddress);
  other = take("https://b");
  CHECK(other.get() == otherAddress);
}
