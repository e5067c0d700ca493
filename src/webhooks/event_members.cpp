#include "webhooks/event_members.hpp"

#include "core/strict_json.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

std::optional<Error> EventMembers::error() const {
  if (!problem()) return std::nullopt;
  return Error{Errc::malformed, "the webhook's " + *problem()};
}

std::optional<Error> checkBody(std::string_view body) {
  const auto flaw = json::findFlaw(body, Json::maxDepth);
  if (flaw) {
    const std::string at = " at byte " + std::to_string(flaw->position);
    return Error{Errc::badJson, "the body of the webhook is not strict JSON: " + std::string(flaw->problem) + at};
  }
  if (ascii::trim(body).front() != '{') return Error{Errc::badJson, "the body of the webhook is not a JSON object"};
  return std::nullopt;
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
