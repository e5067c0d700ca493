/// The query language in which rooms are looked for.
/// https://liveblocks.io/docs/guides/how-to-filter-rooms-using-query-language
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <liveblocks/core/version.hpp>

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

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
