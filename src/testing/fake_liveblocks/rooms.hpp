/// The rooms of a project, in memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/room.hpp>

#include "core/nlohmann.hpp"
#include "testing/fake_liveblocks/room_filter.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

struct StoredRoom {
  /// Higher than that of any room before.
  std::uint64_t number;
  /// As it is answered.
  nlohmann::ordered_json json;
  std::vector<ActiveUser> activeUsers = {};
};

/// A room that was created with these members of a body, by a check that they passed.
nlohmann::ordered_json newRoom(std::string_view id, const nlohmann::ordered_json& members,
                               std::chrono::system_clock::time_point now);

/// The room with these changes: entries replaced, or with null removed.
nlohmann::ordered_json changed(nlohmann::ordered_json room, const nlohmann::ordered_json& changes);

/// As Liveblocks writes it: `2025-01-31T12:30:00.250Z`.
std::string timeText(std::chrono::system_clock::time_point time);

class Rooms {
 public:
  /// Null when there is none; valid until a room is added or removed.
  StoredRoom* find(std::string_view id) noexcept;

  const nlohmann::ordered_json& add(nlohmann::ordered_json json);
  void remove(const StoredRoom& room);

  /// A page of those that are wanted, the newest first.
  nlohmann::ordered_json list(const ListRequest& request) const;

 private:
  /// The oldest first.
  std::vector<StoredRoom> rooms_;
  std::uint64_t lastNumber_ = 0;
};

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
