/// Calls of the room endpoints of Liveblocks, in both forms.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/room.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>

#include "api_exchange.hpp"
#include "api_reading.hpp"
#include "http/delivery.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// The largest response about one room. With 1000 users and 1000 groups whose ids have the maximum length it has about
/// 2 MiB.
constexpr std::size_t maxRoomResponse = std::size_t{4} << 20;
/// The largest response with a page of rooms: 100 rooms of 335 kB each.
constexpr std::size_t maxRoomPageResponse = std::size_t{32} << 20;

/// A request. An error in the path or the body is the outcome of the call.
struct RoomRequest {
  /// One of `operations`.
  std::string_view operation;
  std::string_view method;
  /// The path, which begins with `/v2/rooms`.
  Result<std::string> path;
  /// The JSON body; unset for a request without a body.
  std::optional<Result<std::string>> body = {};
  /// Never `byMethod`.
  http::ApiRepeat repeat = http::ApiRepeat::always;
  /// The largest response that is accepted, in bytes.
  std::size_t maxResponse = maxRoomResponse;
};

/// Describes a call: its request, and how a success is read.
template <class T>
struct RoomCall {
  RoomRequest request;
  /// Null for `void`.
  Result<T> (*read)(std::string_view body) = nullptr;
};

/// Maps the responses to a call with a result.
template <class T>
struct TypedRoomReading {
  ApiReading reading;
  Result<T> (*read)(std::string_view body);

  Result<T> operator()(const Result<http::Response>& response) const {
    Result<void> success = reading.check(response);
    if (!success) return std::move(success).error();
    if constexpr (std::is_void_v<T>) {
      return {};
    } else {
      Result<T> value = read(response->body);
      if (!value) return reading.unreadable(response->status, value.error());
      return value;
    }
  }

  static Result<T> failed(Error error) noexcept { return error; }
};

/// The error in the path or the body, if there is one.
Result<PreparedApiCall> prepare(const std::shared_ptr<const ClientState>& client, RoomRequest request);

/// Makes the call. Throws `std::logic_error` when the client has no transport.
template <class T>
Result<T> perform(const std::shared_ptr<const ClientState>& client, RoomCall<T> call,
                  std::optional<Deadline> deadline) {
  requireTransport(*client);
  Result<PreparedApiCall> prepared = prepare(client, std::move(call.request));
  if (!prepared) return prepared.error();
  const TypedRoomReading<T> reading{std::move(prepared->reading), call.read};
  return reading(perform(*client, std::move(prepared->exchange), deadline));
}

/// The asynchronous twin, which also throws `std::invalid_argument` for an empty callback.
template <class T>
void start(const std::shared_ptr<const ClientState>& client, RoomCall<T> call, Callback<Result<T>> done,
           const AsyncOptions& options) {
  requireTransport(*client);
  http::detail::Delivery<Result<T>> delivery(std::move(done), options.executor);
  Result<PreparedApiCall> prepared = prepare(client, std::move(call.request));
  if (!prepared) return delivery.later(client->transport.get(), prepared.error());
  TypedRoomReading<T> reading{std::move(prepared->reading), call.read};
  start(*client, std::move(prepared->exchange), options, completionOf(std::move(reading), std::move(delivery)));
}

/// Returns `/v2/rooms/<the percent-encoded id>`. `Errc::invalidRequest` for an id that is not UTF-8, beyond
/// `RoomLimits`, or could be resolved to another resource by a proxy.
Result<std::string> roomPath(std::string_view roomId);

/// Returns `/v2/rooms`, with a query unless all options have their defaults. The default limit is not sent, because
/// Liveblocks has the same. `Errc::invalidRequest` for invalid arguments; the message names them.
Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page);

/// @{
/// Describes the call of the method with that name in `Liveblocks`.
RoomCall<RoomPage> getRoomsCall(const RoomFilter& filter, const RoomPageOptions& page);
RoomCall<Room> createRoomCall(std::string_view roomId, const CreateRoomOptions& options);
RoomCall<Room> getOrCreateRoomCall(std::string_view roomId, const CreateRoomOptions& options);
RoomCall<Room> getRoomCall(std::string_view roomId);
RoomCall<Room> updateRoomCall(std::string_view roomId, const UpdateRoomOptions& update);
RoomCall<Room> upsertRoomCall(std::string_view roomId, const UpdateRoomOptions& update,
                              const std::optional<CreateRoomOptions>& create);
RoomCall<void> deleteRoomCall(std::string_view roomId);
RoomCall<Room> updateRoomIdCall(const RoomIdUpdate& update);
RoomCall<void> prewarmRoomCall(std::string_view roomId);
RoomCall<std::vector<ActiveUser>> getActiveUsersCall(std::string_view roomId);
RoomCall<void> broadcastEventCall(std::string_view roomId, const Json& event);
/// @}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
