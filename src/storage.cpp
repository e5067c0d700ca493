#include <liveblocks/storage.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/text.hpp"
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

void requireLiveObject(http::ApiCall& request, const Json& document) {
  const Json type = document.find("liveblocksType").value_or(nullptr);
  const bool holds = type.asString() == "LiveObject" && document.find("data").value_or(nullptr).isObject();
  detail::require(request, holds, "document",
                  "is not a LiveObject: {\"liveblocksType\": \"LiveObject\", \"data\": {...}}");
}

bool isPointer(const std::optional<Json>& value) {
  const std::optional<std::string> text = value ? value->asString() : std::nullopt;
  return text && (text->empty() || text->front() == '/');
}

/// Null if there is none.
const char* problemOf(const Json& operation) {
  const std::optional<std::string> op = operation.find("op").value_or(nullptr).asString();
  const auto* const rule = std::find_if(rules.begin(), rules.end(), [&op](const auto& each) { return each.op == op; });
  if (rule == rules.end()) return "has no 'op' of add, remove, replace, move, copy and test";
  if (!isPointer(operation.find("path"))) return "has no 'path' that is empty or begins with a slash";
  if (rule->member == "value" && !operation.find("value")) return "has no 'value'";
  if (rule->member == "from" && !isPointer(operation.find("from"))) {
    return "has no 'from' that is empty or begins with a slash";
  }
  return nullptr;
}

void requirePatch(http::ApiCall& request, const Json& operations) {
  detail::require(request, operations.isArray(), "operations", "is not an array");
  std::size_t index = 0;
  for (const Json& operation : operations.items()) {
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

http::TypedCall<void> remove(std::string_view roomId) {
  return {detail::apiCall("liveblocks.storage.remove", "DELETE", storagePath, {{"roomId", roomId}})};
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
