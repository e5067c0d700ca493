#include "clerk/api_request.hpp"

#include <stdexcept>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

void requireArgument(bool holds, std::string_view what, std::string_view problem) {
  if (!holds) throw std::invalid_argument(std::string(what) + " " + std::string(problem));
}

void QueryWriter::add(const char* name, const std::optional<std::string>& value) {
  if (!value) return;
  requireText(name, *value);
  parameters_.push_back({name, *value});
}

void QueryWriter::add(const char* name, const std::vector<std::string>& values) {
  requireArgument(values.size() <= api::maxFilterValues, name,
                  "must not have more than " + std::to_string(api::maxFilterValues) + " values");
  for (const std::string& value : values) {
    requireArgument(!value.empty(), name, "must not have an empty value, which would not restrict the list");
    parameters_.push_back({name, value});
  }
}

void QueryWriter::addIds(const char* name, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const bool hasSign = ascii::startsWith(id, "+") || ascii::startsWith(id, "-");
    requireArgument(!hasSign, name, "must not begin with a sign, by which Clerk would exclude instead of find");
  }
  add(name, ids);
}

void QueryWriter::add(const char* name, const std::optional<std::chrono::milliseconds>& time) {
  if (time) parameters_.push_back({name, std::to_string(time->count())});
}

void QueryWriter::addFlag(const char* name, bool value) {
  if (value) parameters_.push_back({name, "true"});
}

void QueryWriter::add(const api::PageOptions& page) {
  if (page.limit) {
    requireArgument(*page.limit >= 1 && *page.limit <= api::PageOptions::maxLimit, "limit",
                    "must lie between 1 and " + std::to_string(api::PageOptions::maxLimit));
    parameters_.push_back({"limit", std::to_string(*page.limit)});
  }
  requireArgument(page.offset >= 0, "offset", "must not be negative");
  if (page.offset > 0) parameters_.push_back({"offset", std::to_string(page.offset)});
}

void QueryWriter::addOrder(std::string_view orderBy) {
  if (!orderBy.empty()) parameters_.push_back({"order_by", std::string(orderBy)});
}

void BodyWriter::add(const char* name, const std::optional<std::string>& value) {
  if (value) writer_.addString(name, *value);
}

void BodyWriter::add(const char* name, const std::optional<bool>& value) {
  if (value) writer_.addJson(name, *value ? "true" : "false");
}

void BodyWriter::add(const char* name, const std::optional<std::int64_t>& value) {
  if (value) writer_.addInteger(name, *value);
}

void BodyWriter::addObject(const char* name, const std::optional<Json>& value) {
  if (!value) return;
  requireArgument(value->isObject(), name, "must be an object");
  writer_.addJson(name, value->text());
}

void BodyWriter::addDays(const char* name, const std::optional<int>& days) {
  if (!days) return;
  requireArgument(*days >= 1, name, "must be at least 1");
  writer_.addInteger(name, *days);
}

http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::vector<http::ApiParameter> pathParameters) {
  http::ApiCall call{method, path, std::move(pathParameters)};
  call.operation = operation;
  return call;
}

http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::vector<http::ApiParameter> pathParameters, BodyWriter body) {
  http::ApiCall call = apiCall(operation, method, path, std::move(pathParameters));
  call.body = body.take();
  return call;
}

http::ApiCall listCall(std::string_view operation, const char* path, std::vector<http::ApiParameter> pathParameters,
                       std::vector<http::ApiParameter> query) {
  http::ApiCall call = apiCall(operation, "GET", path, std::move(pathParameters));
  call.query = std::move(query);
  call.maxResponse = maxListResponse;
  return call;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
