/// Counts spans, and sees whether each ends once.
#pragma once

#include <liveblocks/core/events.hpp>

#include <memory>
#include <string>
#include <vector>

namespace liveblocks_tests {

class Spans {
 public:
  /// Sets `begin` and `end`.
  void observe(liveblocks::Events& events) const {
    events.begin = [state = state_](const liveblocks::Events::Exchange& exchange) {
      ++state->begun;
      state->isClean = state->isClean && exchange.status == 0 && !exchange.error;
      return std::make_shared<Span>();
    };
    events.end = [state = state_](const liveblocks::Events::Span& span, const liveblocks::Events::Exchange& exchange) {
      ++state->ended;
      auto& own = *static_cast<Span*>(span.get());
      state->isClean = state->isClean && !own.hasEnded && (exchange.status != 0 || exchange.error);
      own.hasEnded = true;
      state->last = exchange.error ? exchange.errorType() : std::to_string(exchange.status);
    };
  }

  int begun() const { return state_->begun; }
  int ended() const { return state_->ended; }
  /// Whether no span ended twice, and outcomes were known at the end only.
  bool isClean() const { return state_->isClean; }
  /// How the last span ended.
  const std::string& last() const { return state_->last; }

 private:
  struct Span {
    bool hasEnded = false;
  };
  struct State {
    int begun = 0;
    int ended = 0;
    bool isClean = true;
    std::string last;
  };

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace liveblocks_tests
