/// Error responses of REST APIs, made fit for errors.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// Redacts and shortens what a server sent. Borrows the key, occurrences of which are redacted.
class ServerText {
 public:
  explicit ServerText(const Secret& key) noexcept : key_(key.reveal()) {}

  /// `text` is valid UTF-8.
  std::string redact(std::string_view text) const;

  /// Redacts the string that a member of an object holds; empty for any other value.
  std::string member(const std::vector<json::Member>& object, std::string_view name) const;

  /// The id of the request in a header: `X-Request-Id`, which is usual, or else `CF-Ray`, which the network in front of
  /// a service adds. Empty if there is neither.
  std::string requestId(const Response& response) const;

 private:
  std::string_view key_;
};

/// The code for a status other than a success.
Errc errorCodeOf(int status) noexcept;

/// Makes the error for a status other than a success. `call` names the call, such as `GET /v2/rooms`, `server` the
/// server; `info` is redacted; `now` is compared with a `Retry-After` that holds a date.
Error apiFailure(std::string_view call, std::string_view server, const Response& response, ErrorInfo info,
                 std::chrono::system_clock::time_point now);

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
