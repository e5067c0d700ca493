/// The members of an event.
#pragma once

#include <optional>
#include <string_view>

#include <liveblocks/core/result.hpp>

#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// Borrows the text.
class EventMembers : public json::MemberReader {
 public:
  using json::MemberReader::MemberReader;

  /// `Errc::malformed`, for the first member that was wrong.
  std::optional<Error> error() const;
};

/// nullopt for a body that is one strict JSON object.
std::optional<Error> checkBody(std::string_view body);

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
