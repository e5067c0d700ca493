/// Reading members of JSON text that has been checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>

#include "core/text.hpp"

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
  bool isNamed(std::string_view text) const { return escaped ? name() == text : ascii::equals(rawName, text); }
};

/// The members of an object in their order; none for any other value.
std::vector<Member> members(std::string_view text);

/// The JSON text of the member of that name; empty when there is none.
std::string_view findMember(const std::vector<Member>& members, std::string_view name);

/// Whether a member whose JSON text this is has no value: it is absent or null.
inline bool hasNoValue(std::string_view text) noexcept { return text.empty() || text == "null"; }

/// The items of an array; none for any other value.
std::vector<std::string_view> items(std::string_view text);

/// The value of a string, number, number without fraction and exponent, or boolean; nullopt for any other value and for
/// an integer that does not fit.
std::optional<std::string> toString(std::string_view text);
std::optional<double> toDouble(std::string_view text);
std::optional<std::int64_t> toInteger(std::string_view text) noexcept;
std::optional<bool> toBool(std::string_view text) noexcept;

/// Borrows the text. What cannot be read is left empty.
class MemberReader {
 public:
  /// `text` must be strict JSON of at most `Json::maxDepth`. `path` precedes names in messages.
  explicit MemberReader(std::string_view text, std::string path = {});

  /// @{
  /// Members that must be there.
  void read(std::string_view name, std::string& value);
  void read(std::string_view name, std::int64_t& value);
  void readObject(std::string_view name, Json& value);
  /// @}
  /// @{
  /// Members that may be null or absent.
  void read(std::string_view name, std::optional<std::string>& value);
  void read(std::string_view name, std::optional<std::int64_t>& value);
  void read(std::string_view name, Json& value) const;
  /// @}

  /// The text of a member; empty when it is null or absent.
  std::string_view find(std::string_view name) const;

  /// For members of other types: notes that one is not as `expected`, unless it `holds`.
  void require(bool holds, std::string_view name, std::string_view expected);

  /// What is wrong, such as `"data.id" is not a text`; nullopt while nothing is.
  const std::optional<std::string>& problem() const noexcept { return problem_; }

 private:
  std::vector<Member> members_;
  std::string path_;
  std::optional<std::string> problem_;
};

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
