/// The query of a list at the fake.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_clerk {

/// What a list is restricted to, and which part of it is wanted.
class ListQuery {
 public:
  /// Reads a query that may have `limit`, `offset` and these filters, or returns the error response: also for filters
  /// that Clerk knows and the fake does not, so that no test takes an unrestricted list for a restricted one.
  static std::variant<ListQuery, http::Response> read(std::string_view query,
                                                      const std::vector<std::string_view>& filters);

  /// Whether the filter is absent, or has the value.
  bool accepts(std::string_view filter, std::string_view value) const;
  /// Whether the filter is absent, or has one of the values.
  bool acceptsAny(std::string_view filter, const std::vector<std::string>& values) const;
  /// Whether the filter is absent, or a part of one of the texts, in any case.
  bool acceptsPart(std::string_view filter, const std::vector<std::string>& texts) const;
  /// Whether the filter is `true`.
  bool isSet(std::string_view filter) const;

  /// The part of these items that is wanted.
  Json part(const std::vector<Json>& items) const;
  /// The same as `{"data", "total_count"}`.
  http::Response page(const std::vector<Json>& items) const;

 private:
  std::size_t limit_ = 10;
  std::size_t offset_ = 0;
  std::multimap<std::string, std::string, std::less<>> filters_;
};

}  // namespace testing::fake_clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
