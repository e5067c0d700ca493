#include "testing/fake_liveblocks/room_filter.hpp"

#include <algorithm>
#include <charconv>

#include "core/ascii.hpp"
#include "core/nlohmann.hpp"
#include "testing/fake_liveblocks/answers.hpp"
#include "testing/fake_liveblocks/url_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

namespace {

constexpr std::string_view cursorPrefix = "room-";
constexpr std::string_view metadataPrefix = "metadata.";
constexpr std::uint64_t maxLimit = 100;

std::optional<std::uint64_t> toNumber(std::string_view text) noexcept {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::vector<std::string> splitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto [part, rest] = ascii::splitOnce(text, ',');
    if (!part.empty()) parts.emplace_back(part);
    text = rest;
  }
  return parts;
}

bool mayEnter(const ordered_json& accesses, const std::string& id) {
  const auto entry = accesses.find(id);
  return entry != accesses.end() && !entry->empty();
}

using Refusal = std::optional<http::Response>;

Refusal setLimit(ListRequest& request, const std::string& value) {
  const auto limit = toNumber(value);
  if (!limit || *limit < 1 || *limit > maxLimit)
    return unprocessable("Value at key 'limit': Must be a number from 1 to 100.");
  request.limit = static_cast<std::size_t>(*limit);
  return std::nullopt;
}

Refusal setCursor(ListRequest& request, std::string_view value) {
  if (ascii::startsWith(value, cursorPrefix)) request.before = toNumber(value.substr(cursorPrefix.size()));
  if (!request.before) return unprocessable("Value at key 'startingAfter': Must be a cursor of a page.");
  return std::nullopt;
}

Refusal setQuery(ListRequest& request, const std::string& value) {
  auto query = readRoomQuery(value);
  if (const auto* flaw = std::get_if<std::string>(&query)) return refused(422, "INVALID_QUERY", *flaw);
  for (Clause& clause : std::get<std::vector<Clause>>(query)) request.clauses.push_back(std::move(clause));
  return std::nullopt;
}

Refusal setParameter(ListRequest& request, const std::string& name, const std::string& value) {
  if (value.empty()) return std::nullopt;
  if (name == "limit") return setLimit(request, value);
  if (name == "startingAfter") return setCursor(request, value);
  if (name == "query") return setQuery(request, value);
  if (name == "userId") request.userId = value;
  if (name == "groupIds") request.groupIds = splitAtCommas(value);
  if (name == "organizationId") request.organizationId = value;
  if (ascii::startsWith(name, metadataPrefix))
    request.clauses.push_back({Clause::Kind::metadataIs, name.substr(metadataPrefix.size()), value});
  return std::nullopt;
}

}  // namespace

bool ListRequest::wants(const ordered_json& room) const {
  const bool all = userId.empty() && groupIds.empty();
  const bool forUser = !userId.empty() && mayEnter(room["usersAccesses"], userId);
  const auto isEntered = [&](const std::string& id) { return mayEnter(room["groupsAccesses"], id); };
  if (!all && !forUser && std::none_of(groupIds.begin(), groupIds.end(), isEntered)) return false;
  if (!organizationId.empty() && room["organizationId"] != organizationId) return false;
  return std::all_of(clauses.begin(), clauses.end(), [&](const Clause& clause) { return clause.holds(room); });
}

std::variant<ListRequest, http::Response> readListRequest(std::string_view query) {
  const auto parameters = readQuery(query);
  if (!parameters) return badRequest();
  ListRequest request;
  for (const auto& [name, value] : *parameters) {
    if (auto refusal = setParameter(request, name, value)) return *std::move(refusal);
  }
  return request;
}

std::string cursorText(std::uint64_t number) { return std::string(cursorPrefix) + std::to_string(number); }

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
