#include <algorithm>
#include <atomic>
#include <chrono>

#include <curl/curl.h>
#include <dlfcn.h>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using namespace std::chrono_literals;
using liveblocks::Errc;

namespace {

/// The longest time for which libcurl was told to poll, in milliseconds.
std::atomic<int> longestPoll{0};

}  // namespace

extern "C" CURLMcode curl_multi_poll(CURLM* multi, curl_waitfd* fds, unsigned int nfds, int timeout, int* ret) {
  longestPoll = std::max(longestPoll.load(), timeout);
  static const auto original = reinterpret_cast<decltype(&curl_multi_poll)>(::dlsym(RTLD_NEXT, "curl_multi_poll"));
  return original(multi, fds, nfds, timeout, ret);
}

// libcurl may forget a deadline, but looks at it when it is asked again.
TEST_CASE("a blocking call polls no longer than to its deadline") {
  LoopbackServer server([](Connection& connection) { connection.awaitClose(); });
  longestPoll = 0;
  const auto answer = Blocking::make()->send(post(server.url(), "x"), within(300ms));
  CHECK(codeOf(answer) == Errc::timeout);
  CHECK(longestPoll > 0);
  CHECK(longestPoll <= 301);
}
