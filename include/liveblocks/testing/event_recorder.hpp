/// @file
/// Keeps events for assertions. Part of the target `liveblocks::testing`.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <liveblocks/core/events.hpp>
#include <liveblocks/core/export.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Records events as lines of text, without what differs from run to run. Cheap to copy; copies share the lines.
/// Thread-safe.
///
/// | line | event |
/// | --- | --- |
/// | `exchange liveblocks.authorize POST api.liveblocks.io:443 #0 200` | an attempt, its resend count, and the status |
/// | `exchange clerk.jwks GET clerk.example.com:443 #1 timeout` | one without a response |
/// | `verification clerk.verify_session session_token ok cached` | a verification, here of a cached token |
/// | `cache jwks hit` | a look-up |
/// | `webhook webhooks.claim fresh` | a delivery |
class LIVEBLOCKS_EXPORT EventRecorder {
 public:
  EventRecorder();

  /// Callables that record, for the options of any client. `begin`, `end` and `propagate` are empty.
  Events events() const;

  /// The lines so far, in order.
  std::vector<std::string> lines() const;

  /// The lines so far; they are forgotten.
  std::vector<std::string> takeLines();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
