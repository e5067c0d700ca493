/// What the calls of `clerk::api` send: parameters and bodies, checked.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/api_list.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>

#include "core/json_writer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// The largest response with a list: 500 users with 64 KiB each.
constexpr std::size_t maxListResponse = std::size_t{32} << 20;

/// Throws `std::invalid_argument` unless it holds: `<what> <problem>`.
void requireArgument(bool holds, std::string_view what, std::string_view problem);

/// The same for a text that must not be empty.
inline void requireText(std::string_view what, std::string_view text) {
  requireArgument(!text.empty(), what, "must not be empty");
}

/// Writes a query, in the order of the calls. Unset values are left out.
class QueryWriter {
 public:
  /// Throws `std::invalid_argument` for an empty value.
  void add(const char* name, const std::optional<std::string>& value);
  /// One parameter for each value. Throws `std::invalid_argument` for an empty value, and for too many.
  void add(const char* name, const std::vector<std::string>& values);
  /// The same for ids, which must not begin with `+` or `-` either: Clerk would take what follows for an id to include
  /// or to exclude.
  void addIds(const char* name, const std::vector<std::string>& ids);
  void add(const char* name, const std::optional<std::chrono::milliseconds>& time);
  /// Only if it is true.
  void addFlag(const char* name, bool value);
  /// Throws `std::invalid_argument` beyond the limits.
  void add(const api::PageOptions& page);
  /// The order of a list, unless it is empty.
  void addOrder(std::string_view orderBy);

  /// The times in a filter of users or members.
  template <class Filter>
  void addTimes(const Filter& filter) {
    add("last_active_at_before", filter.lastActiveAtBefore);
    add("last_active_at_after", filter.lastActiveAtAfter);
    add("created_at_before", filter.createdAtBefore);
    add("created_at_after", filter.createdAtAfter);
  }

  std::vector<http::ApiParameter> take() { return std::move(parameters_); }

 private:
  std::vector<http::ApiParameter> parameters_;
};

/// Writes a body, in the order of the calls. Unset values are left out. Throws `std::invalid_argument` for strings that
/// are not UTF-8.
class BodyWriter {
 public:
  void add(const char* name, const std::optional<std::string>& value);
  void add(const char* name, const std::optional<bool>& value);
  void add(const char* name, const std::optional<std::int64_t>& value);
  /// Throws `std::invalid_argument` if it is not an object.
  void addObject(const char* name, const std::optional<Json>& value);
  /// A number of days, which throws `std::invalid_argument` for less than 1.
  void addDays(const char* name, const std::optional<int>& days);

  bool empty() const noexcept { return writer_.empty(); }
  Json take() { return Json::parse(writer_.finish()); }

 private:
  json::ObjectWriter writer_;
};

/// A call with a name for events.
http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::vector<http::ApiParameter> pathParameters);

/// The same with a body.
http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::vector<http::ApiParameter> pathParameters, BodyWriter body);

/// `GET` of a list.
http::ApiCall listCall(std::string_view operation, const char* path, std::vector<http::ApiParameter> pathParameters,
                       std::vector<http::ApiParameter> query);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
