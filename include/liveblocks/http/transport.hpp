/// @file
/// The one seam through which the library reaches the network.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/scheduler.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// The conditions of one exchange. Members may be added, so it is always passed by reference.
struct Call {
  /// The exchange ends by then, with a response or with `Errc::timeout`.
  Deadline deadline;
  /// The largest body that is accepted, in bytes; a larger response is `Errc::tooLarge`.
  std::size_t maxBody = std::size_t{1} << 20;
  /// Polled from time to time while waiting; true ends the exchange with `Errc::cancelled`. Must neither throw nor
  /// begin an exchange.
  std::function<bool()> cancelled = {};
  /// Permits `http://` to hosts that are not loopback.
  bool allowInsecureHttp = false;
  /// The server must not get the request twice. A transport that sends again by itself, as over a new connection when a
  /// kept one turns out to be broken, must not do so.
  bool once = false;
  /// Ends an asynchronous exchange with `Errc::cancelled`. A transport that only blocks may ignore it.
  CancellationToken cancellation = {};
};

/// Sends requests. Derive from it to bring your own HTTP client; see docs/transport.md, "Custom transports".
///
/// A response of any status is a success; an `Error` means that no whole response came. A transport that only overrides
/// `send()` serves all calls that block. For asynchronous calls it overrides `start()` and `scheduler()` too.
class LIVEBLOCKS_EXPORT Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport();

  /// Blocks until the response is there or `call.deadline` has passed.
  /// Must be thread-safe, must not throw, must not follow redirects, must keep to all of `call`. A failure after
  /// which a repeat may succeed is `Errc::resolve`, `connect`, `reset` or `timeout`.
  virtual Result<Response> send(const Request& request, const Call& call) = 0;

  /// Takes the outcome of an exchange.
  using Completion = std::function<void(Result<Response>)>;

  /// Begins an exchange and returns at once. True: it takes `request` and `done`, and calls `done` exactly once, by the
  /// deadline, on the thread of `scheduler()` and never from within this call, unless `isStopped()`. It keeps to all of
  /// `call`, `cancellation` included. False, the default: "I can only block", and nothing has been taken. Thread-safe.
  virtual bool start(Request& request, const Call& call, Completion& done);

  /// The scheduler of a transport whose `start()` returns true. Null, the default: there is none. Thread-safe.
  virtual std::shared_ptr<Scheduler> scheduler() const;

  /// True once every further `send()` ends with `Errc::cancelled`, permanently: the library then ends its waits between
  /// two attempts. False, the default: it goes on. A transport in front of another one passes the question on.
  /// Thread-safe.
  virtual bool isStopped() const noexcept;
};

/// The process-wide transport over libcurl, made at the first call.
///
/// Declared here, defined by the target `liveblocks::liveblocks` alone: a program that links only `liveblocks::core`
/// passes a transport of its own, or `nullptr` for sans-I/O use. Thread-safe. Throws `std::runtime_error` when libcurl
/// cannot start, is older than 7.80, or lacks TLS or an asynchronous resolver.
LIVEBLOCKS_EXPORT std::shared_ptr<Transport> defaultTransport();

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
