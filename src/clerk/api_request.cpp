#include "clerk/api_request.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

void QueryWriter::add(const char* name, const std::optional<std::string>& value) {
  if (value && requireText(call_, name, *value)) call_.query.push_back({name, *value});
}

void QueryWriter::add(const char* name, const std::vector<std::string>& values) {
  const bool isShort = require(call_, values.size() <= api::maxFilterValues, name,
                               "must not have more than " + std::to_string(api::maxFilterValues) + " values");
  if (!isShort) return;
  for (const std::string& value : values) {
    require(call_, !value.empty(), name, "must not have an empty value, which would not restrict the list");
    call_.query.push_back({name, value});
  }
}

void QueryWriter::addIds(const char* name, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const bool hasSign = ascii::startsWith(id, "+") || ascii::startsWith(id, "-");
    require(call_, !hasSign, name, "must not begin with a sign, by which Clerk would exclude instead of find");
  }
  add(name, ids);
}

void QueryWriter::add(const char* name, const std::optional<std::chrono::system_clock::time_point>& time) {
  if (time) call_.query.push_back({name, std::to_string(timing::toUnixMilliseconds(*time))});
}

void QueryWriter::addFlag(const char* name, bool value) {
  if (value) call_.query.push_back({name, "true"});
}

void QueryWriter::add(const api::PageOptions& page) {
  if (page.limit) {
    require(call_, *page.limit >= 1 && *page.limit <= api::PageOptions::maxLimit, "limit",
            "must lie between 1 and " + std::to_string(api::PageOptions::maxLimit));
    call_.query.push_back({"limit", std::to_string(*page.limit)});
  }
  require(call_, page.offset >= 0, "offset", "must not be negative");
  if (page.offset > 0) call_.query.push_back({"offset", std::to_string(page.offset)});
}

void QueryWriter::addOrder(std::string_view orderBy) {
  if (!orderBy.empty()) call_.query.push_back({"order_by", std::string(orderBy)});
}

void BodyWriter::add(const char* name, const std::optional<std::string>& value) {
  if (value && require(call_, utf8::isValid(*value), name, "must be valid UTF-8")) {
    writer_.addString(name, *value);
  }
}

void BodyWriter::add(const char* name, const std::optional<bool>& value) {
  if (value) writer_.addJson(name, *value ? "true" : "false");
}

void BodyWriter::add(const char* name, const std::optional<std::int64_t>& value) {
  if (value) writer_.addInteger(name, *value);
}

void BodyWriter::addObject(const char* name, const std::optional<Json>& value) {
  if (!value) return;
  require(call_, value->isObject(), name, "must be an object");
  writer_.addJson(name, value->text());
}

void BodyWriter::addDays(const char* name, const std::optional<int>& days) {
  if (!days) return;
  require(call_, *days >= 1, name, "must be at least 1");
  writer_.addInteger(name, *days);
}

void BodyWriter::finish() { call_.body = http::detail::writtenBody(call_, writer_.finish()); }

http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::vector<http::ApiParameter> pathParameters) {
  http::ApiCall call{method, path, std::move(pathParameters)};
  call.operation = operation;
  return call;
}

http::ApiCall listCall(std::string_view operation, const char* path, std::vector<http::ApiParameter> pathParameters) {
  http::ApiCall call = apiCall(operation, "GET", path, std::move(pathParameters));
  call.maxResponse = maxListResponse;
  return call;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
