#include <liveblocks/storage.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "api_json.hpp"
#include "core/json_members.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace storage {
namespace {

constexpr const char* storagePath = "/v2/rooms/{roomId}/storage";

/// What an operation of a JSON Patch needs besides `op` and `path`.
struct OperationRule {
  std::string_view op;
  std::string_view member;
};

constexpr std::array<OperationRule, 6> rules{
    {{"add", "value"}, {"remove", ""}, {"replace", "value"}, {"move", "from"}, {"copy", "from"}, {"test", "value"}}};

http::TypedCall<Json> documentCall(http::ApiCall request) {
  request.maxResponse = maxDocument;
  return {std::move(request), detail::readJson};
}

// These look at the text instead of copying parts of it, which may be large.

void requireLiveObject(http::ApiCall& request, const Json& document) {
  const auto members = json::members(document.text());
  const bool holds = json::toString(json::findMember(members, "liveblocksType")) == "LiveObject" &&
                     detail::isJsonObject(json::findMember(members, "data"));
  detail::require(request, holds, "document",
                  R"(is not a LiveObject: {"liveblocksType": "LiveObject", "data": {...}})");
}

/// Whether a member is a JSON Pointer. It is empty if there is none.
bool isPointer(std::string_view member) {
  const std::optional<std::string> text = json::toString(member);
  return text && (text->empty() || text->front() == '/');
}

/// Null if there is none.
const char* problemOf(std::string_view operation) {
  const auto members = json::members(operation);
  const std::optional<std::string> op = json::toString(json::findMember(members, "op"));
  const auto* const rule = std::find_if(rules.begin(), rules.end(), [&op](const auto& each) { return each.op == op; });
  if (rule == rules.end()) return "has no 'op' of add, remove, replace, move, copy and test";
  if (!isPointer(json::findMember(members, "path"))) return "has no 'path' that is empty or begins with a slash";
  if (rule->member == "value" && json::findMember(members, "value").empty()) return "has no 'value'";
  if (rule->member == "from" && !isPointer(json::findMember(members, "from"))) {
    return "has no 'from' that is empty or begins with a slash";
  }
  return nullptr;
}

void requirePatch(http::ApiCall& request, const Json& operations) {
  detail::require(request, operations.isArray(), "operations", "is not an array");
  std::size_t index = 0;
  for (const std::string_view operation : json::items(operations.text())) {
    if (const char* const problem = problemOf(operation)) {
      detail::require(request, false, "operation " + std::to_string(index) + " of the JSON Patch", problem);
    }
    ++index;
  }
}

}  // namespace

http::TypedCall<Json> get(std::string_view roomId, Format format) {
  http::ApiCall request = detail::apiCall("liveblocks.storage.get", "GET", storagePath, {{"roomId", roomId}});
  request.query = {{"format", format == Format::json ? "json" : "plain-lson"}};
  return documentCall(std::move(request));
}

http::TypedCall<Json> initialize(std::string_view roomId, const Json& document) {
  http::ApiCall request = detail::apiCall("liveblocks.storage.initialize", "POST", storagePath, {{"roomId", roomId}});
  requireLiveObject(request, document);
  request.body = document;
  return documentCall(std::move(request));
}

http::TypedCall<void> deleteDocument(std::string_view roomId) {
  return {detail::apiCall("liveblocks.storage.delete_document", "DELETE", storagePath, {{"roomId", roomId}})};
}

http::TypedCall<void> patch(std::string_view roomId, const Json& operations) {
  http::ApiCall request = detail::apiCall("liveblocks.storage.patch", "PATCH", "/v2/rooms/{roomId}/storage/json-patch",
                                          {{"roomId", roomId}});
  requirePatch(request, operations);
  request.body = operations;
  return {std::move(request)};
}

std::string pointer(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) {
    text += '/';
    for (const char c : key) {
      if (c == '~' || c == '/') {
        text += c == '~' ? "~0" : "~1";
      } else {
        text += c;
      }
    }
  }
  return text;
}

}  // namespace storage
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
