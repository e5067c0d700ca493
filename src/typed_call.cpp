#include "typed_call.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::initializer_list<std::pair<const char*, std::string_view>> pathParameters) {
  http::ApiCall call{method, path};
  call.operation = operation;
  for (const auto& [name, value] : pathParameters) call.pathParameters.push_back({name, std::string(value)});
  return call;
}

http::ApiCall repeatable(http::ApiCall call) {
  call.repeat = http::ApiRepeat::always;
  return call;
}

bool requireUtf8(http::ApiCall& call, std::string_view name, std::string_view text) {
  return require(call, utf8::isValid(text), name, "is not valid UTF-8");
}

bool requireText(http::ApiCall& call, std::string_view name, std::string_view text) {
  return require(call, !text.empty(), name, "is empty") && requireUtf8(call, name, text);
}

bool requireObject(http::ApiCall& call, std::string_view name, const Json& value) {
  return require(call, value.isObject(), name, "is not an object. Did you pass serialized JSON? Use Json::parse");
}

void addQuery(http::ApiCall& call, const char* name, const std::optional<std::string>& text) {
  if (text && requireText(call, name, *text)) call.query.push_back({name, *text});
}

void addQuery(http::ApiCall& call, const char* name, std::optional<std::size_t> number) {
  if (number) call.query.push_back({name, std::to_string(*number)});
}

void addPage(http::ApiCall& call, const std::optional<std::string>& startingAfter, std::optional<std::size_t> limit) {
  addQuery(call, "startingAfter", startingAfter);
  addQuery(call, "limit", limit);
}

Json textsOf(http::ApiCall& call, std::string_view name, const std::vector<std::string>& values) {
  const std::string itemName = "an item of " + std::string(name);
  json::ArrayWriter list;
  for (const std::string& value : values) {
    if (requireText(call, itemName, value)) list.addString(value);
  }
  return Json::parse(list.finish());
}

RequestBody& RequestBody::text(const char* name, std::string_view value) {
  if (requireText(call_, name, value)) object_.addString(name, value);
  return *this;
}

RequestBody& RequestBody::optionalText(const char* name, const std::optional<std::string>& value) {
  return value ? text(name, *value) : *this;
}

RequestBody& RequestBody::texts(const char* name, const std::vector<std::string>& values) {
  return values.empty() ? *this : json(name, textsOf(call_, name, values));
}

RequestBody& RequestBody::time(const char* name, const std::optional<std::chrono::system_clock::time_point>& value) {
  if (value) object_.addString(name, timing::toRfc3339(*value));
  return *this;
}

RequestBody& RequestBody::json(const char* name, const Json& value) {
  object_.addJson(name, value.text());
  return *this;
}

RequestBody& RequestBody::json(const char* name, const std::optional<Json>& value) {
  return value ? json(name, *value) : *this;
}

Result<std::string> readBytes(http::ApiResponse response) { return std::move(response.body); }

Result<Json> readJson(const http::ApiResponse& response) { return response.json(); }

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
