/// Ways of calling over libcurl.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/loop_thread.hpp>

#include "each_fault.hpp"

namespace liveblocks_tests {

/// By when a call must be over: soon while libcurl fails, since that may be noticed no earlier.
inline liveblocks::Deadline deadline() {
  return std::chrono::steady_clock::now() +
         (Fault::isOf("curl_") ? std::chrono::milliseconds(100) : std::chrono::milliseconds(20'000));
}

/// A transport for blocking calls.
class BlockingForm {
 public:
  const std::shared_ptr<liveblocks::http::Transport>& transport() const { return transport_; }

  template <class T, class Block, class Start>
  T run(const Block& block, const Start&) const {
    return block();
  }

 private:
  std::shared_ptr<liveblocks::http::Transport> transport_ = liveblocks::http::makeCurlTransport();
};

/// One on a thread of its own.
class AsynchronousForm {
 public:
  const std::shared_ptr<liveblocks::http::Transport>& transport() const { return transport_; }

  /// What `start(callback)` calls back with, once. Its thread finds its error queue as it left it.
  template <class T, class Block, class Start>
  T run(const Block&, const Start& start) const {
    struct State {
      std::promise<T> promise;
      std::atomic<int> calls{0};
      std::atomic<bool> isQueueClean{true};
    };
    const auto state = std::make_shared<State>();
    start([state](T outcome) {
      if (ERR_peek_error() != 0) state->isQueueClean = false;
      if (state->calls++ == 0) state->promise.set_value(std::move(outcome));
    });
    auto future = state->promise.get_future();
    REQUIRE(future.wait_for(std::chrono::seconds(60)) == std::future_status::ready);
    // Whatever is still under way on that thread is done before this.
    std::promise<void> idle;
    transport_->scheduler()->post([&] { idle.set_value(); });
    idle.get_future().get();
    CHECK(state->calls == 1);
    CHECK(state->isQueueClean);
    return future.get();
  }

 private:
  liveblocks::http::LoopThread thread_;
  std::shared_ptr<liveblocks::http::Transport> transport_ = liveblocks::http::makeCurlTransport({}, thread_.makeLoop());
};

/// These may say that a key, a signature or a URL is wrong.
inline const std::vector<std::string> mayRefuse{"EVP_PKEY_verify", "EVP_PKEY_public_check", "curl_url_get",
                                                "curl_url_set"};

/// `act` with a form of its own.
template <class Form>
void surviveEachFaultOver(Verdict expected, const std::function<Verdict(const Form& form)>& act) {
  surviveEachFault(
      {expected, [&]() -> Job { return [&, form = std::make_shared<Form>()] { return act(*form); }; }, mayRefuse});
}

}  // namespace liveblocks_tests
