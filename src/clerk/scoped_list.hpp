/// Clerk's lists inside of claims: `o:dashboard,u:avatar,uo:chat`.
#pragma once

#include <optional>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The elements of a comma list in their order, without the white space of ECMAScript around them; none of an empty
/// list. Borrows the text.
class ListElements {
 public:
  explicit ListElements(std::string_view list) noexcept : rest_(list), isAtEnd_(list.empty()) {}

  std::optional<std::string_view> next() noexcept;

 private:
  std::string_view rest_;
  bool isAtEnd_;
};

/// The name of a feature or of a plan, and who has it. Names of other scopes belong to nobody.
struct ScopedName {
  std::string_view name;
  bool ofOrganization;
  bool ofUser;
};

/// nullopt when the element has no scope.
std::optional<ScopedName> readScopedName(std::string_view element) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
