#include "ably/capability_text.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <liveblocks/ably/capability.hpp>
#include <liveblocks/core/json.hpp>

#include "ably/canonical_order.hpp"
#include "ably/operations.hpp"
#include "ably/refusal.hpp"
#include "core/printable.hpp"
#include "core/utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

constexpr std::size_t maxShownBytes = 64;

const char* problemOfGrant(const NamedGrant& grant) {
  const auto& operations = grant.operations;
  if (grant.resource.empty()) return "has no name";
  if (!utf8::isValid(grant.resource)) return "is malformed UTF-8";
  if (operations.empty()) return "has no operations";
  if (std::count(operations.begin(), operations.end(), "") > 0) return "has an operation without a name";
  const auto wildcards = std::count(operations.begin(), operations.end(), everyOperation);
  if (wildcards > 0 && wildcards < static_cast<std::ptrdiff_t>(operations.size())) return "has * and other operations";
  const auto isMalformed = [](const std::string& operation) { return !utf8::isValid(operation); };
  return std::any_of(operations.begin(), operations.end(), isMalformed) ? "has an operation in malformed UTF-8"
                                                                        : nullptr;
}

Error badResource(const std::string& resource, const char* problem) {
  return refusal(AblyCode::badRequest,
                 "the resource \"" + printable(resource, maxShownBytes) + "\" of the capability " + problem);
}

std::string listText(std::vector<std::string> operations) {
  std::map<MemberRank, std::string> sorted;
  for (std::string& operation : operations) sorted.emplace(MemberRank(operation), std::move(operation));
  std::string text = "[";
  for (const auto& [rank, operation] : sorted) text += (text.size() > 1 ? "," : "") + Json(operation).text();
  return text + "]";
}

}  // namespace

Result<std::string> canonicalText(std::vector<NamedGrant> grants) {
  if (grants.empty()) return refusal(AblyCode::badRequest, "the capability grants nothing");
  std::map<MemberRank, NamedGrant> sorted;
  for (NamedGrant& grant : grants) {
    if (const char* problem = problemOfGrant(grant)) return badResource(grant.resource, problem);
    const auto [at, added] = sorted.emplace(MemberRank(grant.resource), std::move(grant));
    if (!added) return badResource(at->second.resource, "is named twice");
  }
  std::string text;
  for (auto& [rank, grant] : sorted) {
    text += (text.empty() ? "{" : ",") + Json(grant.resource).text() + ":" + listText(std::move(grant.operations));
  }
  text += "}";
  if (text.size() > Capability::maxBytes) {
    return refusal(AblyCode::badRequest,
                   "the capability is longer than " + std::to_string(Capability::maxBytes) + " bytes");
  }
  return text;
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
