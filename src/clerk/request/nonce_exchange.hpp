/// Fetching the handshake that a nonce stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "clerk/request/setup.hpp"
#include "http/parked_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// A call of Clerk's Backend API that returns the cookies of a handshake. It is made once: a nonce is single-use, so a
/// repeated request would be rejected. Borrows the setup.
class NonceExchange {
 public:
  explicit NonceExchange(const RequestSetup& setup) noexcept : setup_(setup) {}

  /// Why no request is sent, if none is.
  std::optional<Error> obstacle(std::string_view nonce, Deadline deadline) const;

  /// Sends the request and reads the response, unless there is an obstacle.
  Result<std::string> send(std::string_view nonce, Deadline deadline) const;

  /// The same without blocking, as `http::detail::startWithRetry()`. There must be no obstacle.
  void start(std::string_view nonce, const http::detail::AsyncWait& wait, http::Transport::Completion done) const;

  /// The JSON text of the list of cookies; it may be empty.
  Result<std::string> read(const Result<http::Response>& response) const;

 private:
  http::Request request(std::string_view nonce) const;

  const RequestSetup& setup_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
