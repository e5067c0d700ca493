/// Checks of the arguments of `Liveblocks` and its sessions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/room_options.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// @{
/// Each throws `std::invalid_argument` for a bad argument. The key is returned without the white space and quotes that
/// were pasted around it.
Secret checkedSecretKey(const Secret& key);
void requireUserId(std::string_view userId);
void requireUtf8(std::string_view field, std::string_view text);
void requireUserInfo(const std::optional<Json>& userInfo);
/// @}

/// Checks the arguments of a call about rooms one by one and keeps the first error. The names appear in messages.
class RoomArguments {
 public:
  /// An id within the limits that cannot change the path it becomes a part of.
  void roomId(std::string_view name, std::string_view id);
  /// The id of a room that may be created: also without `*`, which stands for many rooms in patterns.
  void newRoomId(std::string_view name, std::string_view id);
  /// The id of a user or group.
  void accessId(std::string_view name, std::string_view id);
  /// A string that is UTF-8 and not empty, where there is one.
  void text(std::string_view name, const std::optional<std::string>& value);

  /// @{
  /// Entries that are removed do not count.
  void accesses(std::string_view name, const RoomAccesses& accesses) { allAccesses(name, accesses); }
  void accesses(std::string_view name, const RoomAccessesUpdate& accesses) { allAccesses(name, accesses); }
  void metadata(const RoomMetadata& metadata) { allMetadata(metadata); }
  void metadata(const RoomMetadataUpdate& metadata) { allMetadata(metadata); }
  /// @}

  void require(bool holds, std::string_view name, std::string_view problem);

  /// `Errc::invalidRequest`; nullopt when every argument is valid.
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

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
