/// Which rooms a list is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <liveblocks/http/message.hpp>

#include "core/nlohmann.hpp"
#include "testing/fake_liveblocks/room_query.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

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

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
