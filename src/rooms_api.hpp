/// Calls of the room endpoints of Liveblocks, and their paths.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/room_list.hpp>

#include "api_exchange.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// The largest response about one room. With 1000 users and 1000 groups whose ids have the maximum length it has about
/// 2 MiB.
constexpr std::size_t maxRoomResponse = std::size_t{4} << 20;
/// The largest response with a page of rooms: 100 rooms of 335 kB each.
constexpr std::size_t maxRoomPageResponse = std::size_t{32} << 20;

/// Returns `/v2/rooms/<the percent-encoded id>`. `Errc::invalidRequest` for an id that is not UTF-8, beyond
/// `RoomLimits`, or could be resolved to another resource by a proxy.
Result<std::string> roomPath(std::string_view roomId);

/// Returns `/v2/rooms`, with a query unless all options have their defaults. The default limit is not sent, because
/// Liveblocks has the same. `Errc::invalidRequest` for invalid arguments; the message names them.
Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page);

/// One call. An error in the path or the body is the outcome of the call.
struct RoomCall {
  std::string_view method;
  /// The path, which begins with `/v2/rooms`.
  Result<std::string> path;
  /// The JSON body; unset for a request without a body.
  std::optional<Result<std::string>> body = {};
  /// The largest response that is accepted, in bytes.
  std::size_t maxResponse = maxRoomResponse;
  /// Whether the call must not take effect twice.
  bool once = false;
  /// As `http::detail::RetryPolicy::repeating`. When it is set, the transport repeats nothing on its own.
  std::function<void(const Result<http::Response>&)> repeating = {};
};

/// Makes the calls, within one deadline.
class RoomsApi {
 public:
  /// Without a deadline each call has a deadline of its own. Throws `std::logic_error` when the client has no
  /// transport.
  RoomsApi(std::shared_ptr<const ClientState> client, std::optional<Deadline> deadline);

  /// Makes a call whose response `reader` parses.
  template <class T>
  Result<T> fetch(RoomCall call, Result<T> (*reader)(std::string_view)) const {
    const Result<Outcome> outcome = perform(std::move(call));
    if (!outcome) return outcome.error();
    Result<T> value = reader(outcome->response.body);
    if (!value) return unreadable(*outcome, value.error());
    return value;
  }

  /// Makes a call whose response has no content.
  Result<void> execute(RoomCall call) const;

 private:
  struct Outcome {
    /// The name of the call, such as `GET /v2/rooms`.
    std::string name;
    /// A response with a status of 2xx.
    http::Response response;
  };

  Result<Outcome> perform(RoomCall call) const;
  Error failed(const std::string& name, const http::Response& response) const;
  static Error unreadable(const Outcome& outcome, Error why);

  /// Shared, so that the transport may destroy the last copy of the client during the call.
  std::shared_ptr<const ClientState> client_;
  std::optional<Deadline> deadline_;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
