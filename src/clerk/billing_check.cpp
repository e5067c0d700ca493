#include "clerk/billing_check.hpp"

#include <optional>

#include "clerk/scoped_list.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

/// `ofOrganization` and `ofUser` say whose feature or plan counts.
std::optional<ScopedName> readQuestion(std::string_view asked) noexcept {
  const std::size_t colon = asked.find(':');
  if (colon == std::string_view::npos) return ScopedName{asked, true, true};
  const std::string_view scope = asked.substr(0, colon);
  const std::string_view rest = asked.substr(colon + 1);
  const std::string_view name = rest.substr(0, rest.find(':'));
  if (scope == "o" || scope == "org" || scope == "organization") return ScopedName{name, true, false};
  if (scope == "u" || scope == "user") return ScopedName{name, false, true};
  return std::nullopt;
}

}  // namespace

bool isEntitled(std::string_view claim, std::string_view asked) noexcept {
  const auto question = readQuestion(asked);
  if (!question || question->name.empty()) return false;
  bool found = false;
  ListElements elements(claim);
  while (const auto element = elements.next()) {
    const auto entry = readScopedName(*element);
    if (!entry) return false;
    const bool counts = (question->ofOrganization && entry->ofOrganization) || (question->ofUser && entry->ofUser);
    found = found || (counts && entry->name == question->name);
  }
  return found;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
