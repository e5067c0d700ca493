/// Waits for what asynchronous exchanges end with.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <liveblocks/http/transport.hpp>

namespace liveblocks_tests {

class StartedExchanges {
 public:
  using Outcome = liveblocks::Result<liveblocks::http::Response>;

  /// Starts an exchange whose outcome is collected. `then` runs within its completion.
  void start(liveblocks::http::Transport& transport, liveblocks::http::Request request,
             const liveblocks::http::Call& call, std::function<void()> then = {}) {
    liveblocks::http::Transport::Completion done = [state = state_, then = std::move(then)](Outcome outcome) {
      {
        const std::lock_guard lock(state->mutex);
        state->outcomes.push_back(std::move(outcome));
        state->threads.push_back(std::this_thread::get_id());
        state->changed.notify_all();
      }
      if (then) then();
    };
    transport.start(request, call, done);
  }

  /// Waits until that many have completed. Gives up after a while, so that a test that fails ends nevertheless.
  std::vector<Outcome> await(std::size_t count) {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait_for(lock, std::chrono::seconds(60), [&] { return state_->outcomes.size() >= count; });
    return state_->outcomes;
  }

  std::size_t count() const {
    const std::lock_guard lock(state_->mutex);
    return state_->outcomes.size();
  }

  /// How many have succeeded.
  std::size_t countSuccesses() const {
    const std::lock_guard lock(state_->mutex);
    return static_cast<std::size_t>(std::count_if(state_->outcomes.begin(), state_->outcomes.end(),
                                                  [](const Outcome& outcome) { return outcome.ok(); }));
  }

  /// On how many threads.
  std::size_t countThreads() const {
    const std::lock_guard lock(state_->mutex);
    std::vector<std::thread::id> threads = state_->threads;
    std::sort(threads.begin(), threads.end());
    return static_cast<std::size_t>(std::unique(threads.begin(), threads.end()) - threads.begin());
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Outcome> outcomes;
    std::vector<std::thread::id> threads;
  };

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace liveblocks_tests
