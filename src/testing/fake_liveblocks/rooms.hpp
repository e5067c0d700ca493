/// The fake's rooms, and its lists of them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/room.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// One condition on a room.
struct Clause {
  enum class Kind { idStartsWith, idIs, metadataIs };

  Kind kind;
  /// Of metadata.
  std::string key;
  std::string value;

  bool holds(const nlohmann::ordered_json& room) const;
};

/// Clauses that all must hold, or what is wrong with the query.
std::variant<std::vector<Clause>, std::string> readRoomQuery(std::string_view query);

struct ListRequest {
  std::size_t limit = 20;
  /// The number of the last room of the page before.
  std::optional<std::uint64_t> before = {};
  std::string userId = {};
  std::vector<std::string> groupIds = {};
  std::string organizationId = {};
  std::vector<Clause> clauses = {};

  bool wants(const nlohmann::ordered_json& room) const;
};

/// What the query of a URL asks for, or the answer to one that cannot be understood. Empty parameters do not narrow.
std::variant<ListRequest, http::Response> readListRequest(std::string_view query);

/// The cursor behind a room.
std::string cursorText(std::uint64_t number);

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
