#include "testing/fake_liveblocks/rooms.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/nlohmann.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;
using std::chrono::system_clock;

namespace {

char unescaped(char c) noexcept {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

/// Reads the symbols of a query, and the white space after each.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) { skipSpaces(); }

  bool atEnd() const noexcept { return position_ == text_.size(); }

  bool take(char symbol) noexcept {
    if (atEnd() || text_[position_] != symbol) return false;
    ++position_;
    skipSpaces();
    return true;
  }

  bool takeWord(std::string_view word) noexcept {
    std::size_t end = position_;
    while (end < text_.size() && (ascii::isAlnum(text_[end]) || text_[end] == '_')) ++end;
    if (text_.substr(position_, end - position_) != word) return false;
    position_ = end;
    skipSpaces();
    return true;
  }

  std::optional<std::string> takeString() {
    if (atEnd() || (text_[position_] != '\'' && text_[position_] != '"')) return std::nullopt;
    const char quote = text_[position_];
    std::string value;
    for (std::size_t i = position_ + 1; i < text_.size() && text_[i] != '\n'; ++i) {
      if (text_[i] == quote) {
        position_ = i + 1;
        skipSpaces();
        return value;
      }
      const bool escapes = text_[i] == '\\' && i + 1 < text_.size();
      value.push_back(escapes ? unescaped(text_[++i]) : text_[i]);
    }
    return std::nullopt;
  }

 private:
  void skipSpaces() noexcept {
    constexpr std::string_view spaces = " \t\r\n";
    position_ = std::min(text_.find_first_not_of(spaces, position_), text_.size());
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

std::optional<Clause> takeIdClause(Reader& reader) {
  const bool isPrefix = reader.take('^');
  if (!isPrefix && !reader.take(':')) return std::nullopt;
  auto value = reader.takeString();
  if (!value || (isPrefix && value->empty())) return std::nullopt;
  return Clause{isPrefix ? Clause::Kind::idStartsWith : Clause::Kind::idIs, {}, *std::move(value)};
}

std::optional<Clause> takeMetadataClause(Reader& reader) {
  if (!reader.take('[')) return std::nullopt;
  auto key = reader.takeString();
  if (!key || key->empty() || !reader.take(']') || !reader.take(':')) return std::nullopt;
  auto value = reader.takeString();
  if (!value) return std::nullopt;
  return Clause{Clause::Kind::metadataIs, *std::move(key), *std::move(value)};
}

std::optional<Clause> takeClause(Reader& reader) {
  if (reader.takeWord("roomId")) return takeIdClause(reader);
  if (reader.takeWord("metadata")) return takeMetadataClause(reader);
  return std::nullopt;
}

bool isOrHolds(const ordered_json& held, const std::string& value) {
  if (held.is_string()) return held == value;
  return std::find(held.begin(), held.end(), value) != held.end();
}

/// Returns the clauses, all of which must hold, or a description of what is wrong with the query.
std::variant<std::vector<Clause>, std::string> readRoomQuery(std::string_view query) {
  Reader reader(query);
  std::vector<Clause> clauses;
  do {
    auto clause = takeClause(reader);
    if (!clause) return "Clause " + std::to_string(clauses.size() + 1) + " cannot be understood.";
    clauses.push_back(*std::move(clause));
    if ((reader.takeWord("AND") || reader.takeWord("and")) && reader.atEnd()) return "A clause is missing.";
  } while (!reader.atEnd());
  return clauses;
}

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

/// Returns the cursor of the page that starts after this room.
std::string cursorText(std::uint64_t number) { return std::string(cursorPrefix) + std::to_string(number); }

}  // namespace

bool Clause::holds(const ordered_json& room) const {
  if (kind == Kind::metadataIs) {
    const auto entry = room["metadata"].find(key);
    return entry != room["metadata"].end() && isOrHolds(*entry, value);
  }
  const auto& id = room["id"].get_ref<const std::string&>();
  return kind == Kind::idIs ? id == value : ascii::startsWith(id, value);
}

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

ordered_json newRoom(std::string_view id, const ordered_json& members, system_clock::time_point now) {
  ordered_json room{{"type", "room"},
                    {"id", id},
                    {"organizationId", members.value("organizationId", "default")},
                    {"createdAt", timing::toRfc3339(now)},
                    {"metadata", ordered_json::object()},
                    {"defaultAccesses", ordered_json::array()},
                    {"groupsAccesses", ordered_json::object()},
                    {"usersAccesses", ordered_json::object()}};
  return changed(std::move(room), members);
}

ordered_json changed(ordered_json room, const ordered_json& changes) {
  if (changes.contains("defaultAccesses")) room["defaultAccesses"] = changes["defaultAccesses"];
  for (const char* name : {"metadata", "groupsAccesses", "usersAccesses"}) {
    if (!changes.contains(name)) continue;
    for (const auto& [key, value] : changes[name].items()) {
      if (value.is_null()) {
        room[name].erase(key);
      } else {
        room[name][key] = value;
      }
    }
  }
  return room;
}

StoredRoom* Rooms::find(std::string_view id) noexcept {
  const auto found =
      std::find_if(rooms_.begin(), rooms_.end(), [&](const auto& room) { return room.json["id"] == id; });
  return found == rooms_.end() ? nullptr : &*found;
}

const ordered_json& Rooms::add(ordered_json json) {
  rooms_.push_back({++lastNumber_, std::move(json)});
  return rooms_.back().json;
}

void Rooms::remove(const StoredRoom& room) { rooms_.erase(rooms_.begin() + (&room - rooms_.data())); }

ordered_json Rooms::list(const ListRequest& request) const {
  ordered_json data = ordered_json::array();
  ordered_json nextCursor;
  std::uint64_t last = 0;
  for (auto room = rooms_.rbegin(); room != rooms_.rend(); ++room) {
    if (request.before && room->number >= *request.before) continue;
    if (!request.wants(room->json)) continue;
    if (data.size() == request.limit) {
      nextCursor = cursorText(last);
      break;
    }
    data.push_back(room->json);
    last = room->number;
  }
  return {{"nextCursor", nextCursor}, {"data", data}};
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
