/// @file
/// What all asynchronous calls have in common. See docs/async.md.
#pragma once

#include <functional>
#include <optional>

#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Takes the outcome of an asynchronous call: called exactly once, never from within the call that it was given to
/// unless there is no loop: with a transport that can only block, or after its loop has ended. What it throws is
/// discarded.
template <class T>
using Callback = std::function<void(T)>;

/// Runs a task elsewhere, such as on the thread of a user interface. It must run every task once, and must not throw.
using Executor = std::function<void(std::function<void()> task)>;

/// How an asynchronous call runs.
struct AsyncOptions {
  /// The call ends by then. Default: that of the blocking call.
  std::optional<Deadline> deadline = {};
  /// Ends the call early, with `Errc::cancelled`.
  CancellationToken cancellation = {};
  /// Where the callback runs. Default: on the thread of the transport's loop.
  Executor executor = {};
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
