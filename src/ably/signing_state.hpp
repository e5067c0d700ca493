/// What a signer is made of.
#pragma once

#include <chrono>
#include <memory>
#include <utility>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/secret.hpp>

#include "ably/api_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// Of a token, at most.
constexpr std::chrono::hours maxTtl{24};

struct SigningState {
  SigningState(const Secret& text, std::shared_ptr<const Clock> source)
      : key(text), clock(source ? std::move(source) : std::make_shared<const Clock>()) {}

  /// Since 1970.
  template <class Unit>
  Unit now() const {
    return std::chrono::floor<Unit>(clock->wall().time_since_epoch());
  }

  ApiKey key;
  std::shared_ptr<const Clock> clock;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
