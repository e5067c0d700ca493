#include "testing/fake_clerk/list_query.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/text.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_clerk {
namespace {

constexpr std::size_t maxLimit = 500;

std::optional<std::size_t> toCount(std::string_view text) noexcept {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

http::Response refusedParameter(const std::string& name, const std::string& problem) {
  return refused(422, "form_param_invalid", "The parameter " + name + " " + problem + ".");
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), ascii::toLower);
  return result;
}

}  // namespace

std::variant<ListQuery, http::Response> ListQuery::read(std::string_view query,
                                                        const std::vector<std::string_view>& filters) {
  const auto parameters = readQuery(query);
  if (!parameters) return refused(400, "bad_request", "The query is not well formed.");
  ListQuery result;
  for (const auto& [name, value] : *parameters) {
    if (name == "limit" || name == "offset") {
      const auto count = toCount(value);
      if (!count) return refusedParameter(name, "is not a number");
      if (name == "limit" && (*count < 1 || *count > maxLimit)) return refusedParameter(name, "is not 1 to 500");
      (name == "limit" ? result.limit_ : result.offset_) = *count;
    } else if (std::find(filters.begin(), filters.end(), name) != filters.end()) {
      result.filters_.emplace(name, value);
    } else {
      return refusedParameter(name, "is unknown to the fake");
    }
  }
  return result;
}

bool ListQuery::accepts(std::string_view filter, std::string_view value) const {
  return acceptsAny(filter, {std::string(value)});
}

bool ListQuery::acceptsAny(std::string_view filter, const std::vector<std::string>& values) const {
  const auto [begin, end] = filters_.equal_range(filter);
  return begin == end || std::any_of(begin, end, [&](const auto& wanted) {
           return std::find(values.begin(), values.end(), wanted.second) != values.end();
         });
}

bool ListQuery::acceptsPart(std::string_view filter, const std::vector<std::string>& texts) const {
  const auto found = filters_.find(filter);
  if (found == filters_.end()) return true;
  const std::string part = lowered(found->second);
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return lowered(text).find(part) != std::string::npos; });
}

bool ListQuery::isSet(std::string_view filter) const {
  const auto found = filters_.find(filter);
  return found != filters_.end() && found->second == "true";
}

Json ListQuery::part(const std::vector<Json>& items) const {
  const std::size_t begin = std::min(offset_, items.size());
  const std::size_t end = begin + std::min(limit_, items.size() - begin);
  const auto at = [&](std::size_t place) { return items.begin() + static_cast<std::ptrdiff_t>(place); };
  return jsonArray(std::vector<Json>(at(begin), at(end)));
}

http::Response ListQuery::page(const std::vector<Json>& items) const {
  return found(Json::object({{"data", part(items)}, {"total_count", items.size()}}));
}

}  // namespace testing::fake_clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
