/// @file
/// A thread for asynchronous calls, for programs without an event loop. Part of the target `liveblocks::liveblocks`.
#pragma once

#include <memory>

#include <liveblocks/http/event_loop.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// One thread that runs event loops. The only part of the library that starts a thread.
///
///     liveblocks::http::LoopThread thread;
///     const auto transport = liveblocks::http::makeCurlTransport({}, thread.makeLoop());
class LIVEBLOCKS_EXPORT LoopThread {
 public:
  /// Starts the thread, with all signals blocked. Throws `std::system_error` if that fails.
  LoopThread();
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;
  /// Ends the loops, so that calls in flight complete with `Errc::cancelled`, and waits for the thread; on the thread
  /// itself, as in a callback, the thread ends after the destructor has returned.
  ~LoopThread();

  /// A loop on this thread, for one transport. Thread-safe.
  std::shared_ptr<EventLoop> makeLoop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
