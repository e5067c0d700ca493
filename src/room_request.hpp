/// What is sent to Liveblocks' room endpoints.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/room_list.hpp>
#include <liveblocks/room_options.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Looks at one argument after the other; what is wrong first is remembered. Names are as they stand in messages.
class RoomCheck {
 public:
  /// An id that fits, and cannot rewrite a path.
  void roomId(std::string_view name, std::string_view id);
  /// The same for a room that may come to be: without `*`, which stands for many rooms in patterns.
  void newRoomId(std::string_view name, std::string_view id);
  /// The id of a user or group.
  void accessId(std::string_view name, std::string_view id);
  /// UTF-8, and not empty.
  void text(std::string_view name, const std::optional<std::string>& value);

  /// @{
  /// What is removed does not count.
  void accesses(std::string_view name, const RoomAccesses& accesses) { allAccesses(name, accesses); }
  void accesses(std::string_view name, const RoomAccessesUpdate& accesses) { allAccesses(name, accesses); }
  void metadata(const RoomMetadata& metadata) { allMetadata(metadata); }
  void metadata(const RoomMetadataUpdate& metadata) { allMetadata(metadata); }
  /// @}

  void require(bool holds, std::string_view name, std::string_view problem);

  /// `Errc::invalidRequest`.
  const std::optional<Error>& error() const noexcept { return error_; }

 private:
  template <class Map>
  void allAccesses(std::string_view name, const Map& accesses);
  template <class Map>
  void allMetadata(const Map& metadata);
  void value(const RoomMetadataValue& value);
  void value(const std::optional<RoomMetadataValue>& value);
  void length(std::string_view name, std::string_view text, std::size_t max);
  void count(std::string_view name, std::size_t entries, std::size_t max);

  std::optional<Error> error_;
};

// Each is `Errc::invalidRequest` for arguments that are beyond `RoomLimits`, no UTF-8 or otherwise impossible; the
// message names the argument and the limit.

/// `/v2/rooms/<the id, percent-encoded>`. Refuses ids that somebody on the way could resolve to another resource.
Result<std::string> roomPath(std::string_view roomId);
/// `/v2/rooms`, with a query when anything was asked for. The default limit is not sent: Liveblocks has the same.
Result<std::string> roomListPath(const RoomFilter& filter, const RoomPageOptions& page);

/// @{
/// The JSON bodies. Ids of rooms that may come to be hold no `*`.
Result<std::string> createRoomBody(std::string_view roomId, const CreateRoomOptions& options);
Result<std::string> upsertRoomBody(std::string_view roomId, const UpdateRoomOptions& update,
                                   const std::optional<CreateRoomOptions>& create);
Result<std::string> updateRoomIdBody(std::string_view newRoomId);
/// @}
/// Likewise; an update that changes nothing is refused.
Result<std::string> updateRoomBody(const UpdateRoomOptions& update);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
