/// The two ways of sending, so that one test covers both.
#pragma once

#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <tuple>
#include <utility>

#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/loop_thread.hpp>

namespace liveblocks_tests {

/// Sends by starting exchanges on a loop, and waits for them. Throws if an exchange completes too early or elsewhere.
class StartingTransport final : public liveblocks::http::Transport {
 public:
  explicit StartingTransport(const liveblocks::http::CurlTransportOptions& options)
      : inner_(liveblocks::http::makeCurlTransport(options, thread_.makeLoop())) {
    std::promise<std::thread::id> id;
    inner_->scheduler()->post([&] { id.set_value(std::this_thread::get_id()); });
    loopThread_ = id.get_future().get();
  }

  liveblocks::Result<liveblocks::http::Response> send(const liveblocks::http::Request& request,
                                                      const liveblocks::http::Call& call) override {
    std::promise<liveblocks::Result<liveblocks::http::Response>> promise;
    std::thread::id completedOn;
    Completion done = [&](liveblocks::Result<liveblocks::http::Response> outcome) {
      completedOn = std::this_thread::get_id();
      promise.set_value(std::move(outcome));  // Throws the second time.
    };
    liveblocks::http::Request copy = request;
    if (!inner_->start(copy, call, done) || done) throw std::logic_error("start() did not take the exchange");
    auto outcome = promise.get_future().get();
    if (completedOn != loopThread_) throw std::logic_error("the exchange completed on another thread");
    return outcome;
  }

 private:
  liveblocks::http::LoopThread thread_;
  std::shared_ptr<liveblocks::http::Transport> inner_;
  std::thread::id loopThread_;
};

struct Blocking {
  static std::shared_ptr<liveblocks::http::Transport> make(const liveblocks::http::CurlTransportOptions& options = {}) {
    return liveblocks::http::makeCurlTransport(options);
  }
};

struct Asynchronous {
  static std::shared_ptr<liveblocks::http::Transport> make(const liveblocks::http::CurlTransportOptions& options = {}) {
    return std::make_shared<StartingTransport>(options);
  }
};

using BothWays = std::tuple<Blocking, Asynchronous>;

}  // namespace liveblocks_tests
