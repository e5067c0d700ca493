#include "clerk/subject.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

bool isId(std::string_view text, std::string_view prefix) noexcept {
  if (!ascii::startsWith(text, prefix)) return false;
  text.remove_prefix(prefix.size());
  return !text.empty() && std::all_of(text.begin(), text.end(), ascii::isKeyCharacter);
}

}  // namespace

bool isSubjectOf(TokenType type, std::string_view subject) noexcept {
  switch (type) {
    case TokenType::apiKey:
      return isId(subject, "user_") || isId(subject, "org_");
    case TokenType::m2mToken:
      return isId(subject, machineSubjectPrefix);
    case TokenType::oauthToken:
      return isId(subject, "user_");
    case TokenType::sessionToken:
      break;
  }
  return false;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
