/// Looking into JSON text that `isStrict()`, without building a tree: values stay the exact
/// text that was signed or sent, numbers of any length included.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {

/// A member of an object. Borrows the text.
struct Member {
  std::string_view value;
  /// Without its quotes; escapes are as in the text.
  std::string_view rawName;
  bool escaped;

  std::string name() const;
  bool isNamed(std::string_view text) const { return escaped ? name() == text : rawName == text; }
};

/// The members of an object in their order; none for any other value.
std::vector<Member> members(std::string_view text);

/// The JSON text of the member of that name; empty when there is none.
std::string_view findMember(const std::vector<Member>& members, std::string_view name);

/// The items of an array; none for any other value.
std::vector<std::string_view> items(std::string_view text);

/// The value of a string, number, number without fraction and exponent, or boolean; nullopt for any other value and for
/// an integer that does not fit.
std::optional<std::string> toString(std::string_view text);
std::optional<double> toDouble(std::string_view text);
std::optional<std::int64_t> toInteger(std::string_view text) noexcept;
std::optional<bool> toBool(std::string_view text) noexcept;

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
