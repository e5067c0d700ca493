#include "typed_call.hpp"

#include <stdexcept>

#include "api_exchange.hpp"
#include "arguments.hpp"
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

void addQuery(http::ApiCall& call, const char* name, const std::optional<std::string>& text) {
  if (!text) return;
  requireText(name, *text);
  call.query.push_back({name, *text});
}

void addQuery(http::ApiCall& call, const char* name, std::optional<std::size_t> number) {
  if (number) call.query.push_back({name, std::to_string(*number)});
}

void addPage(http::ApiCall& call, const std::optional<std::string>& startingAfter, std::optional<std::size_t> limit) {
  addQuery(call, "startingAfter", startingAfter);
  addQuery(call, "limit", limit);
}

void requireText(std::string_view field, std::string_view text) {
  if (text.empty()) {
    throw std::invalid_argument("Invalid value for field '" + std::string(field) +
                                "'. Please provide a non-empty string.");
  }
  requireUtf8(field, text);
}

void requireObject(std::string_view field, const Json& value) {
  if (value.isObject()) return;
  throw std::invalid_argument("Invalid value for field '" + std::string(field) +
                              "'. Please provide a JSON object. Did you pass serialized JSON? Use Json::parse.");
}

RequestBody& RequestBody::text(const char* name, std::string_view value) {
  requireText(name, value);
  object_.addString(name, value);
  return *this;
}

RequestBody& RequestBody::optionalText(const char* name, const std::optional<std::string>& value) {
  return value ? text(name, *value) : *this;
}

RequestBody& RequestBody::texts(const char* name, const std::vector<std::string>& values) {
  for (const std::string& value : values) requireText(name, value);
  if (!values.empty()) object_.addJson(name, jsonList(values));
  return *this;
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

Result<std::string> readBytes(const http::ApiResponse& response) { return response.body; }

Result<Json> readJson(const http::ApiResponse& response) { return response.json(); }

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
