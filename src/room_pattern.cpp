#include "room_pattern.hpp"

#include <liveblocks/session.hpp>

#include "core/ascii.hpp"
#include "core/utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

bool isPattern(std::string_view text) noexcept { return !text.empty() && text.back() == '*'; }

std::string_view withoutStar(std::string_view text) noexcept {
  if (isPattern(text)) text.remove_suffix(1);
  return text;
}

}  // namespace

const char* problemOfRoomId(std::string_view text) noexcept {
  if (text.empty()) return "it is empty";
  if (text.find('*') != std::string_view::npos) return "a '*' may stand only at the end of a pattern";
  const auto length = utf8::utf16Length(text);
  if (!length) return "it is not valid UTF-8";
  if (*length > Session::maxRoomIdLength) return "it is longer than 128 UTF-16 code units";
  return nullptr;
}

const char* problemOfRoomPattern(std::string_view text) noexcept {
  return text == "*" ? nullptr : problemOfRoomId(withoutStar(text));
}

bool patternMatches(std::string_view pattern, std::string_view roomId) noexcept {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == roomId;
  return ascii::startsWith(roomId, pattern.substr(0, star)) &&
         ascii::startsWith(roomId.substr(star), pattern.substr(star + 1));
}

std::size_t patternSpecificity(std::string_view pattern) noexcept {
  return pattern.find('*') == std::string_view::npos ? pattern.size() : pattern.size() - 1;
}

bool patternIncludes(std::string_view pattern, std::string_view other) noexcept {
  return pattern == other || (isPattern(pattern) && ascii::startsWith(withoutStar(other), withoutStar(pattern)));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
