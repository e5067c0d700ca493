/// The members of an object, read one after the other; what is wrong first is remembered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/json.hpp>

#include "core/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {

/// Borrows the text. What cannot be read is left empty.
class MemberReader {
 public:
  /// Of a strict text of at most `Json::maxDepth`; `path` stands in front of names in messages.
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
