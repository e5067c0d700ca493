/// Reads the bodies of webhooks, whichever vendor sent them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>

#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks::detail {

/// Reads the members of an event. Borrows the text.
class EventReader : public json::MemberReader {
 public:
  using json::MemberReader::MemberReader;

  /// `Errc::badWebhookEvent`, which names the first invalid member; nullopt if all are valid.
  std::optional<Error> error() const {
    if (!problem()) return std::nullopt;
    return Error{Errc::badWebhookEvent, "the webhook's " + *problem()};
  }
};

/// Requires a body that is one strict JSON object. `Errc::badWebhookJson`.
inline Result<void> checkBody(std::string_view body) {
  if (const auto flaw = json::findFlaw(body, Json::maxDepth)) {
    const std::string at = " at byte " + std::to_string(flaw->position);
    return Error{Errc::badWebhookJson,
                 "the body of the webhook is not strict JSON: " + std::string(flaw->problem) + at};
  }
  if (ascii::trim(body).front() != '{')
    return Error{Errc::badWebhookJson, "the body of the webhook is not a JSON object"};
  return {};
}

}  // namespace webhooks::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
