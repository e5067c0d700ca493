/// The rooms that the fake stores, and queries for them.
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
#include "testing/fake_liveblocks/storage.hpp"
#include "testing/fake_liveblocks/threads.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// One condition on a room.
struct Clause {
  enum class Kind { idStartsWith, idIs, metadataIs };

  Kind kind;
  /// The key of the metadata entry; only for `metadataIs`.
  std::string key;
  std::string value;

  bool holds(const nlohmann::ordered_json& room) const;
};

/// Which rooms to list.
struct ListRequest {
  std::size_t limit = 20;
  /// The number of the last room of the previous page.
  std::optional<std::uint64_t> before = {};
  std::string userId = {};
  std::vector<std::string> groupIds = {};
  std::string organizationId = {};
  std::vector<Clause> clauses = {};

  bool wants(const nlohmann::ordered_json& room) const;
};

/// Reads the query of a URL, or returns the error response. Empty parameters are ignored.
std::variant<ListRequest, http::Response> readListRequest(std::string_view query);

struct StoredRoom {
  /// Increases with each room.
  std::uint64_t number;
  /// The room as returned in responses.
  nlohmann::ordered_json json;
  std::vector<ActiveUser> activeUsers = {};
  /// The document in the form `plain-lson`.
  nlohmann::ordered_json storage = emptyStorage();
  Threads threads = {};
};

/// Creates a room from a body that has been checked.
nlohmann::ordered_json newRoom(std::string_view id, const nlohmann::ordered_json& members,
                               std::chrono::system_clock::time_point now);

/// Returns the room with these changes: entries are replaced, or removed where they are null.
nlohmann::ordered_json changed(nlohmann::ordered_json room, const nlohmann::ordered_json& changes);

class Rooms {
 public:
  /// Returns null if there is no such room. The pointer is valid until a room is added or removed.
  StoredRoom* find(std::string_view id) noexcept;

  const nlohmann::ordered_json& add(nlohmann::ordered_json json);
  void remove(const StoredRoom& room);

  /// Returns a page of the matching rooms, newest first.
  nlohmann::ordered_json list(const ListRequest& request) const;

 private:
  /// Oldest first.
  std::vector<StoredRoom> rooms_;
  std::uint64_t lastNumber_ = 0;
};

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
