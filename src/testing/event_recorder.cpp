#include <liveblocks/testing/event_recorder.hpp>

#include <initializer_list>
#include <mutex>
#include <string_view>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

struct EventRecorder::State {
  /// Empty words are left out.
  void add(std::initializer_list<std::string_view> words) {
    std::string line;
    for (const std::string_view word : words) {
      if (!line.empty() && !word.empty()) line += ' ';
      line += word;
    }
    const std::lock_guard lock(mutex);
    lines.push_back(std::move(line));
  }

  mutable std::mutex mutex;
  std::vector<std::string> lines;
};

EventRecorder::EventRecorder() : state_(std::make_shared<State>()) {}

Events EventRecorder::events() const {
  Events events;
  events.exchange = [state = state_](const Events::Exchange& exchange) {
    const std::string server = std::string(exchange.serverAddress) + ":" + std::to_string(exchange.serverPort);
    const std::string outcome = exchange.error ? exchange.errorType() : std::to_string(exchange.status);
    state->add(
        {"exchange", exchange.operation, exchange.method, server, "#" + std::to_string(exchange.resendCount), outcome});
  };
  events.verification = [state = state_](const Events::Verification& verification) {
    state->add({"verification", verification.operation, verification.tokenType, verification.outcome,
                verification.cached ? "cached" : ""});
  };
  events.cacheLookup = [state = state_](const Events::CacheLookup& lookup) {
    state->add({"cache", lookup.cache, lookup.outcome});
  };
  events.webhook = [state = state_](const Events::Webhook& webhook) {
    state->add({"webhook", webhook.operation, webhook.outcome});
  };
  return events;
}

std::vector<std::string> EventRecorder::lines() const {
  const std::lock_guard lock(state_->mutex);
  return state_->lines;
}

std::vector<std::string> EventRecorder::takeLines() {
  const std::lock_guard lock(state_->mutex);
  return std::exchange(state_->lines, {});
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
