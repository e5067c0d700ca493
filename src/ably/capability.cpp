#include <liveblocks/ably/capability.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include "ably/capability_text.hpp"
#include "ably/name_rules.hpp"
#include "ably/operations.hpp"
#include "ably/refusal.hpp"
#include "core/members.hpp"
#include "core/printable.hpp"
#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

constexpr int maxJsonDepth = 2;
constexpr std::size_t maxShownBytes = 64;

Error badCapability(const std::string& problem) { return refusal(AblyCode::badRequest, "the capability " + problem); }

/// nullopt unless `json` is an array of strings.
std::optional<std::vector<std::string>> strings(std::string_view json) {
  if (json.front() != '[') return std::nullopt;
  std::vector<std::string> result;
  for (const std::string_view item : json::items(json)) {
    auto text = json::toString(item);
    if (!text) return std::nullopt;
    result.push_back(*std::move(text));
  }
  return result;
}

/// The first that is not known; null when all are.
const std::string* findUnknown(const std::vector<std::string>& operations) {
  const auto found = std::find_if_not(operations.begin(), operations.end(), isKnownOperation);
  return found == operations.end() ? nullptr : &*found;
}

Result<std::vector<NamedGrant>> readGrants(std::string_view json, UnknownOperations unknown) {
  if (json.size() > Capability::maxBytes) return badCapability("is too long");
  if (const auto flaw = json::findFlaw(json, maxJsonDepth)) {
    return badCapability(std::string("is bad JSON: ") + flaw->problem + " at byte " + std::to_string(flaw->position));
  }
  const std::vector<json::Member> members = json::members(json);
  if (members.empty()) return badCapability("must be a JSON object that grants something");
  std::vector<NamedGrant> grants;
  for (const json::Member& member : members) {
    auto operations = strings(member.value);
    if (!operations) return badCapability("must have an array of operations for each resource");
    const std::string* stranger = findUnknown(*operations);
    if (stranger != nullptr && unknown == UnknownOperations::refuse) {
      return badCapability("has the unknown operation \"" + printable(*stranger, maxShownBytes) + "\"");
    }
    grants.push_back({member.name(), *std::move(operations)});
  }
  return grants;
}

/// What keeps a text from being a part of the name of one channel; null when nothing does.
const char* problemOfPart(std::string_view text, std::string_view forbidden) noexcept {
  if (const char* problem = problemOfName(text)) return problem;
  if (text.find_first_of(forbidden) != std::string_view::npos) return "holds a character that means other channels";
  return text.front() == '[' ? "begins with [" : nullptr;
}

}  // namespace

Result<Capability> Capability::of(const std::vector<Grant>& grants) {
  std::vector<NamedGrant> named;
  for (const Grant& grant : grants) {
    NamedGrant& copy = named.emplace_back();
    copy.resource = grant.resource;
    for (const Operation operation : grant.operations) copy.operations.emplace_back(nameOf(operation));
  }
  auto text = canonicalText(std::move(named));
  if (!text) return text.error();
  return Capability(*std::move(text));
}

Result<Capability> Capability::parse(std::string_view json, UnknownOperations unknown) {
  auto grants = readGrants(json, unknown);
  if (!grants) return grants.error();
  auto text = canonicalText(*std::move(grants));
  if (!text) return text.error();
  return Capability(*std::move(text));
}

Capability Capability::everythingTheKeyMayDo() { return Capability(std::string()); }

bool Capability::isEverything() const noexcept { return text_.empty(); }

const std::string& Capability::text() const noexcept { return text_; }

Capability::Capability(std::string text) : text_(std::move(text)) {}

Result<std::string> channelIn(std::string_view nameSpace, std::string_view id) {
  if (const char* problem = problemOfPart(nameSpace, "*")) {
    return refusal(AblyCode::badRequest, std::string("the namespace of the channel ") + problem);
  }
  if (const char* problem = problemOfPart(id, "*:")) {
    return refusal(AblyCode::badRequest, std::string("the id of the channel ") + problem);
  }
  return std::string(nameSpace).append(":").append(id);
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
