/// The canonical text of capabilities.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// A grant whose operations are names, known or not.
struct NamedGrant {
  std::string resource;
  std::vector<std::string> operations;
};

/// With the checks that `Capability` promises for all grants.
Result<std::string> canonicalText(std::vector<NamedGrant> grants);

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
