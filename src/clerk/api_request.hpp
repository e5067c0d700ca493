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
#include "http/api_argument.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// The largest response with a list: 500 users with 64 KiB each.
constexpr std::size_t maxListResponse = std::size_t{32} << 20;

using http::detail::require;

/// Checks that a text is not empty.
inline bool requireText(http::ApiCall& call, std::string_view name, std::string_view text) {
  return require(call, !text.empty(), name, "must not be empty");
}

/// Writes the query of a call, which must outlive the writer, in the order of the calls. Unset values are left out.
/// Invalid ones become the problem of the call.
class QueryWriter {
 public:
  explicit QueryWriter(http::ApiCall& call) noexcept : call_(call) {}

  /// Must not be empty.
  void add(const char* name, const std::optional<std::string>& value);
  /// One parameter for each value, none of which may be empty, up to `api::maxFilterValues`.
  void add(const char* name, const std::vector<std::string>& values);
  /// The same for ids, which must not begin with `+` or `-` either: Clerk would take what follows for an id to include
  /// or to exclude.
  void addIds(const char* name, const std::vector<std::string>& ids);
  void add(const char* name, const std::optional<std::chrono::system_clock::time_point>& time);
  /// Only if it is true.
  void addFlag(const char* name, bool value);
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

 private:
  http::ApiCall& call_;
};

/// Writes the body of a call, which must outlive the writer, in the order of the calls. Unset values are left out.
/// Invalid ones become the problem of the call.
class BodyWriter {
 public:
  explicit BodyWriter(http::ApiCall& call) : call_(call) {}

  /// Must be UTF-8.
  void add(const char* name, const std::optional<std::string>& value);
  void add(const char* name, const std::optional<bool>& value);
  void add(const char* name, const std::optional<std::int64_t>& value);
  /// Must be an object.
  void addObject(const char* name, const std::optional<Json>& value);
  /// A number of days, at least 1.
  void addDays(const char* name, const std::optional<int>& days);

  bool empty() const noexcept { return writer_.empty(); }
  /// Gives the call the body, and leaves the writer unusable.
  void finish();

 private:
  http::ApiCall& call_;
  json::ObjectWriter writer_;
};

/// A call with a name for events.
http::ApiCall apiCall(std::string_view operation, const char* method, const char* path,
                      std::vector<http::ApiParameter> pathParameters);

/// `GET` of a list.
http::ApiCall listCall(std::string_view operation, const char* path, std::vector<http::ApiParameter> pathParameters);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
