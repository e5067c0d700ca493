/// The responses of the Liveblocks REST API.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/http/message.hpp>

#include "api_exchange.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Maps the responses to a request.
class ApiReading {
 public:
  /// `name` is that of the call, such as `GET /v2/rooms`.
  ApiReading(std::shared_ptr<const ClientState> client, std::string name)
      : client_(std::move(client)), name_(std::move(name)) {}

  /// Sets when the exchange is repeated. `repeat` is not `byMethod`.
  void arrangeRepeats(http::ApiRepeat repeat, Exchange& exchange);

  /// The error unless the response is a success: of a deletion also if a repeat was told that there is no such resource
  /// after an attempt with an unknown outcome.
  Result<void> check(const Result<http::Response>& response) const;

  /// The error with the name of the call before its message.
  Error inCall(Error error) const;

  /// The error for a success with that status whose body cannot be read.
  Error unreadable(int status, Error why) const;

 private:
  Error failed(const http::Response& response) const;

  /// Shared, so that the transport may destroy the last copy of the client during the call.
  std::shared_ptr<const ClientState> client_;
  std::string name_;
  /// Null unless the call is a deletion.
  std::shared_ptr<const bool> mayBeDeleted_;
};

/// A request that can be sent, with the reading of its responses.
struct PreparedApiCall {
  Exchange exchange;
  ApiReading reading;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
