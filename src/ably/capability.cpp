#include <liveblocks/ably/capability.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>

#include "ably/rules.hpp"
#include "core/json_members.hpp"
#include "core/json_writer.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

using detail::AblyCode;
using detail::ablyError;
using detail::problemOfName;

constexpr std::string_view everyOperation = "*";

/// In the order of the enumeration.
constexpr std::array<std::string_view, 18> names = {everyOperation,
                                                    "publish",
                                                    "subscribe",
                                                    "presence",
                                                    "object-subscribe",
                                                    "object-publish",
                                                    "annotation-subscribe",
                                                    "annotation-publish",
                                                    "message-update-any",
                                                    "message-update-own",
                                                    "message-delete-any",
                                                    "message-delete-own",
                                                    "history",
                                                    "stats",
                                                    "channel-metadata",
                                                    "push-subscribe",
                                                    "push-admin",
                                                    "privileged-headers"};
static_assert(names.size() == static_cast<std::size_t>(Operation::privilegedHeaders) + 1);

/// Throws `std::out_of_range` for a value outside the enumeration.
std::string_view nameOf(Operation operation) { return names.at(static_cast<std::size_t>(operation)); }

bool isKnownOperation(std::string_view name) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The position of a member in a sorted object: array indices come first, in numeric order (ECMA-262 §10.1.11.1), then
/// all other names, ordered by UTF-16 code units (§7.2.12).
class MemberRank {
 public:
  /// `name` is well-formed UTF-8.
  explicit MemberRank(std::string_view name);

  bool operator<(const MemberRank& other) const noexcept;

 private:
  bool isIndex_;
  std::u16string units_;
};

/// Whether the name is an integer from 0 to 2^32 - 2 in its canonical form.
bool isArrayIndex(std::string_view name) noexcept {
  constexpr std::string_view last = "4294967294";
  if (name.empty() || name.size() > last.size() || !std::all_of(name.begin(), name.end(), ascii::isDigit)) return false;
  if (name.front() == '0') return name.size() == 1;
  return name.size() < last.size() || name <= last;
}

MemberRank::MemberRank(std::string_view name) : isIndex_(isArrayIndex(name)), units_(*utf8::toUtf16(name)) {}

bool MemberRank::operator<(const MemberRank& other) const noexcept {
  if (isIndex_ != other.isIndex_) return isIndex_;
  if (isIndex_ && units_.size() != other.units_.size()) return units_.size() < other.units_.size();
  return units_ < other.units_;
}

/// A grant whose operations are given by name, whether known or not.
struct NamedGrant {
  std::string resource;
  std::vector<std::string> operations;
};

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
  return ablyError(AblyCode::badRequest,
                   "the resource \"" + utf8::printable(resource, maxShownBytes) + "\" of the capability " + problem);
}

std::string listText(std::vector<std::string> operations) {
  std::map<MemberRank, std::string> sorted;
  for (std::string& operation : operations) sorted.emplace(MemberRank(operation), std::move(operation));
  json::ArrayWriter list;
  for (const auto& [rank, operation] : sorted) list.addString(operation);
  return list.finish();
}

/// Checks the grants as `Capability` documents, and writes them.
Result<std::string> canonicalText(std::vector<NamedGrant> grants) {
  if (grants.empty()) return ablyError(AblyCode::badRequest, "the capability grants nothing");
  std::map<MemberRank, NamedGrant> sorted;
  for (NamedGrant& grant : grants) {
    if (const char* problem = problemOfGrant(grant)) return badResource(grant.resource, problem);
    const auto [at, added] = sorted.emplace(MemberRank(grant.resource), std::move(grant));
    if (!added) return badResource(at->second.resource, "is named twice");
  }
  json::ObjectWriter object;
  for (auto& [rank, grant] : sorted) object.addJson(grant.resource, listText(std::move(grant.operations)));
  std::string text = object.finish();
  if (text.size() > Capability::maxBytes) {
    return ablyError(AblyCode::badRequest,
                     "the capability is longer than " + std::to_string(Capability::maxBytes) + " bytes");
  }
  return text;
}

constexpr int maxJsonDepth = 2;

Error badCapability(const std::string& problem) { return ablyError(AblyCode::badRequest, "the capability " + problem); }

/// Returns nullopt unless `json` is an array of strings.
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

/// Returns the first unknown operation; null if all are known.
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
    const std::string* unknownOperation = findUnknown(*operations);
    if (unknownOperation != nullptr && unknown == UnknownOperations::refuse) {
      return badCapability("has the unknown operation \"" + utf8::printable(*unknownOperation, maxShownBytes) + "\"");
    }
    grants.push_back({member.name(), *std::move(operations)});
  }
  return grants;
}

/// Why a string cannot be a part of the name of one channel; null if it can.
const char* problemOfPart(std::string_view text, std::string_view forbidden) noexcept {
  if (const char* problem = problemOfName(text)) return problem;
  if (text.find_first_of(forbidden) != std::string_view::npos)
    return "contains a character that would match other channels";
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

Capability Capability::allKeyCapabilities() { return Capability(std::string()); }

bool Capability::isEverything() const noexcept { return text_.empty(); }

const std::string& Capability::text() const noexcept { return text_; }

Capability::Capability(std::string text) : text_(std::move(text)) {}

Result<std::string> channelName(std::string_view nameSpace, std::string_view id) {
  if (const char* problem = problemOfPart(nameSpace, "*")) {
    return ablyError(AblyCode::badRequest, std::string("the namespace of the channel ") + problem);
  }
  if (const char* problem = problemOfPart(id, "*:")) {
    return ablyError(AblyCode::badRequest, std::string("the id of the channel ") + problem);
  }
  return std::string(nameSpace).append(":").append(id);
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
