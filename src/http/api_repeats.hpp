/// When the call of an endpoint is repeated.
#pragma once

#include <memory>

#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/http/message.hpp>

#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// Sets `Call::once` and the policy as `repeat`, which is not `byMethod`, permits. Null unless the call is a deletion;
/// of a deletion, what becomes true if an attempt with an unknown outcome is repeated. Then 404 is a success.
inline std::shared_ptr<const bool> arrangeRepeats(ApiRepeat repeat, bool& once, RetryPolicy& policy) {
  once = repeat != ApiRepeat::always;
  if (repeat == ApiRepeat::onlyIfUnprocessed) policy = RetryPolicy::once();
  if (repeat != ApiRepeat::deletion) return nullptr;
  auto mayBeDeleted = std::make_shared<bool>(false);
  policy.repeating = [mayBeDeleted, safe = RetryPolicy::once()](const Result<Response>& outcome) {
    if (!safe.repeats(outcome)) *mayBeDeleted = true;
  };
  return mayBeDeleted;
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
