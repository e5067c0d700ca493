/// @file
/// A switch that ends all calls at once, for graceful shutdown.
#pragma once

#include <memory>

#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// Stands in front of another transport until it is told to stop. Thread-safe.
///
/// Hand it, in place of the other one, to everything that takes a transport. After `stop()` every call of the library
/// that reaches the network through it ends with `Errc::cancelled`, the waits between attempts and the waits for
/// another caller's fetch included. See docs/transport.md, "Stopping".
class LIVEBLOCKS_EXPORT StoppableTransport : public Transport {
 public:
  /// Throws `std::invalid_argument` for null.
  explicit StoppableTransport(std::shared_ptr<Transport> inner);
  ~StoppableTransport() override;

  /// Permanent. Calls in flight end as soon as the other transport polls `Call::cancelled` (within 50 ms for libcurl);
  /// responses that are already complete are still returned. New calls do not reach it. Sets a flag and returns at
  /// once, also in a signal handler.
  void stop() noexcept;
  /// True after `stop()`, or when the other transport says so.
  bool isStopped() const noexcept override;

  /// As the other transport does; `Errc::cancelled` after `stop()`.
  Result<Response> send(const Request& request, const Call& call) override;
  /// As the other transport does. After `stop()` the exchange completes with `Errc::cancelled`, on its scheduler.
  bool start(Request& request, const Call& call, Completion& done) override;
  /// That of the other transport.
  std::shared_ptr<Scheduler> scheduler() const override;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
