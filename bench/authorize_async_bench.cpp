/// `Session::authorizeAsync()` compared with libcurl's multi interface: the same requests to the same server.
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/liveblocks.hpp>

#include "comparison.hpp"
#include "curl_loop.hpp"
#include "lean_server.hpp"
#include "pinning.hpp"
#include "room_session.hpp"

namespace liveblocks_bench {
namespace {

constexpr std::size_t batch = 2000;

/// Calls that begin the next one when they complete, on the thread of the loop.
class Calls {
 public:
  Calls(const liveblocks::Liveblocks& client, std::size_t count) : client_(&client), unfinished_(count), left_(count) {}

  void beginNext() {
    if (left_ == 0) return;
    --left_;
    makeSession(*client_).authorizeAsync([this](const liveblocks::AuthResponse& response) { complete(response); });
  }

  std::future<void> future() { return ended_.get_future(); }

 private:
  void complete(const liveblocks::AuthResponse& response) {
    if (response.status != 200) ++failed_;
    beginNext();
    if (--unfinished_ > 0) return;
    if (failed_ == 0) return ended_.set_value();
    ended_.set_exception(std::make_exception_ptr(std::runtime_error("authorizeAsync() failed")));
  }

  const liveblocks::Liveblocks* client_;
  std::size_t unfinished_;
  std::size_t left_;
  std::size_t failed_ = 0;
  std::promise<void> ended_;
};

void runCalls(const liveblocks::Liveblocks& client, const liveblocks::http::Transport& transport, std::size_t count,
              std::size_t inFlight) {
  Calls calls(client, count);
  auto ended = calls.future();
  transport.scheduler()->post([&] {
    for (std::size_t i = 0; i < inFlight; ++i) calls.beginNext();
  });
  ended.get();
}

void authorizeAsync(benchmark::State& state) {
  const auto inFlight = static_cast<std::size_t>(state.range(0));
  const LeanServer server(1, std::chrono::milliseconds(0));
  pinToCpu(0);
  liveblocks::http::LoopThread thread;
  const auto transport = liveblocks::http::makeCurlTransport({}, thread.makeLoop());
  liveblocks::LiveblocksOptions options;
  options.secret = "sk_localdev";
  options.baseUrl = server.url();
  const liveblocks::Liveblocks client(options, transport);
  const liveblocks::http::Request request = makeSession(client).request();
  if (request.body != makeBody()) throw std::logic_error("the baseline sends something else: " + request.body);
  CurlLoop baseline(request);
  runCalls(client, *transport, batch, inFlight);
  baseline.send(batch, inFlight, makeBody);

  Comparison comparison;
  while (state.KeepRunning()) {
    const double seconds = comparison.round(
        1, [&] { baseline.send(batch, inFlight, makeBody); }, [&] { runCalls(client, *transport, batch, inFlight); });
    state.SetIterationTime(seconds);
  }
  comparison.report(state, batch);
  state.counters["at_most"] = 1.18;
  state.SetLabel("authorizeAsync(), " + std::to_string(inFlight) + " in flight: libcurl's multi interface");
}
BENCHMARK(authorizeAsync)->Arg(1)->Arg(8)->Arg(64)->UseManualTime()->Iterations(40);

}  // namespace
}  // namespace liveblocks_bench
