// Spans of calls on a real loop: begun on the threads of the callers, ended on that of the loop, each once.

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/http/stoppable_transport.hpp>
#include <liveblocks/liveblocks.hpp>

#include "catch.hpp"
#include "exchange.hpp"
#include "full_listener.hpp"
#include "loopback_server.hpp"
#include "servers.hpp"

using namespace liveblocks_tests;
using liveblocks::Events;
using liveblocks::http::LoopThread;
using liveblocks::http::makeCurlTransport;

namespace {

class SharedSpans {
 public:
  Events events() const {
    Events events;
    events.begin = [state = state_](const Events::Exchange&) {
      ++state->begun;
      return std::make_shared<std::atomic<bool>>(false);
    };
    events.end = [state = state_](const Events::Span& span, const Events::Exchange& exchange) {
      if (static_cast<std::atomic<bool>*>(span.get())->exchange(true)) ++state->endedTwice;
      const std::lock_guard lock(state->mutex);
      state->outcomes.insert(exchange.error ? exchange.errorType() : std::to_string(exchange.status));
    };
    return events;
  }

  int begun() const { return state_->begun; }
  int endedTwice() const { return state_->endedTwice; }
  std::multiset<std::string> outcomes() const {
    const std::lock_guard lock(state_->mutex);
    return state_->outcomes;
  }

 private:
  struct State {
    std::atomic<int> begun{0};
    std::atomic<int> endedTwice{0};
    mutable std::mutex mutex;
    std::multiset<std::string> outcomes;
  };

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

liveblocks::LiveblocksOptions optionsFor(const std::string& url, const SharedSpans& spans) {
  liveblocks::LiveblocksOptions options;
  options.secret = "sk_testingtesting";
  options.baseUrl = url;
  options.retry = false;
  options.events = spans.events();
  return options;
}

}  // namespace

TEST_CASE("each span of calls from many threads ends once") {
  constexpr int callers = 4;
  constexpr int callsOfEach = 10;
  constexpr int calls = callers * callsOfEach;
  const SharedSpans spans;
  std::atomic<int> done{0};
  {
    LoopbackServer server(echo());
    LoopThread thread;
    const liveblocks::Liveblocks client(optionsFor(server.url(), spans), makeCurlTransport({}, thread.makeLoop()));
    std::vector<std::thread> threads;
    threads.reserve(callers);
    for (int caller = 0; caller < callers; ++caller) {
      threads.emplace_back([&] {
        for (int i = 0; i < callsOfEach; ++i) client.getRoomAsync("r", [&done](const auto&) { ++done; });
      });
    }
    for (std::thread& each : threads) each.join();
    while (done < calls) std::this_thread::yield();
  }
  CHECK(spans.begun() == calls);
  CHECK(spans.endedTwice() == 0);
  CHECK(spans.outcomes().count("200") == calls);
}

TEST_CASE("spans in flight end when their calls are cancelled, stopped, or lose their loop") {
  constexpr std::size_t count = 20;
  const FullListener listener;
  const SharedSpans spans;
  std::atomic<std::size_t> done{0};
  {
    LoopThread thread;
    const auto transport =
        std::make_shared<liveblocks::http::StoppableTransport>(makeCurlTransport({}, thread.makeLoop()));
    const liveblocks::Liveblocks client(optionsFor(listener.url(), spans), transport);
    liveblocks::CancellationSource cancellation;
    for (std::size_t i = 0; i < count; ++i) {
      client.getRoomAsync("r", [&done](const auto&) { ++done; }, {within(ample).deadline, cancellation.token()});
    }
    SECTION("cancelled") {
      cancellation.cancel();
      while (done < count) std::this_thread::yield();
    }
    SECTION("stopped") {
      transport->stop();
      while (done < count) std::this_thread::yield();
    }
    SECTION("without a loop") {}
  }
  CHECK(done == count);
  CHECK(spans.begun() == static_cast<int>(count));
  CHECK(spans.endedTwice() == 0);
  CHECK(spans.outcomes().count("cancelled") == count);
}
