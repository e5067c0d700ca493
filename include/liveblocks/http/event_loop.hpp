/// @file
/// The seam through which a transport uses the event loop of a program.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// What a socket can do, or is to be watched for.
struct SocketEvents {
  /// Bytes, a connection or an error can be read.
  bool readable = false;
  /// Bytes can be written.
  bool writable = false;
};

/// Watches sockets, keeps one timer, and runs functions on one thread at a time. Each object serves one transport;
/// several may share one thread. `<liveblocks/adapters/asio.hpp>` has one for Asio, `LoopThread` one with a thread of
/// its own; docs/async.md shows how to derive others.
class LIVEBLOCKS_EXPORT EventLoop {
 public:
  /// A file descriptor.
  using Socket = int;

  /// What the transport wants to hear. Called on the loop's thread, never from within a function of the loop. Nothing
  /// of it throws.
  class LIVEBLOCKS_EXPORT Listener {
   public:
    Listener() = default;
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    virtual ~Listener();
    /// A watched socket is ready. The loop may tell it once, or again and again while it stays so.
    virtual void onReady(Socket socket, SocketEvents events) = 0;
    /// The time of the timer has come.
    virtual void onTimer() = 0;
    /// The loop ends: it has forgotten all sockets and its timer, and nothing that is given to it from now on runs.
    /// Called once, on the thread that ends it.
    virtual void onClosed() = 0;
  };

  EventLoop() = default;
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  virtual ~EventLoop();

  /// Sets who listens. Called once, before anything else.
  virtual void attach(std::weak_ptr<Listener> listener) = 0;

  /// Runs the function soon on the loop's thread, or drops it when the loop ends. The only function that may be called
  /// on any thread.
  virtual void post(std::function<void()> function) = 0;

  /// Watches a socket for exactly these events from now on; without any, forgets it. It is forgotten before it is
  /// closed; with libcurl before 8.1, right after that if it was never connected. A loop in which other threads
  /// register sockets therefore watches a duplicate of the descriptor, as that for Asio does: the number may be
  /// another's by then.
  virtual void watch(Socket socket, SocketEvents events) = 0;

  /// Sets the time of the one timer; nullopt stops it.
  virtual void setTimer(std::optional<Deadline> when) = 0;

  /// Whether this is the loop's thread.
  virtual bool isLoopThread() const noexcept = 0;
};

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
