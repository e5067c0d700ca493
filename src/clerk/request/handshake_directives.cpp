#include "clerk/request/handshake_directives.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "clerk/request/limits.hpp"
#include "core/ascii.hpp"
#include "core/members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::string_view sessionCookie = "__session";
/// How the names of the cookies begin that a handshake may set.
constexpr std::array<std::string_view, 4> clerkCookies{sessionCookie, "__client_uat", "__refresh", "__clerk"};

/// `name=value; ...`, borrowed.
struct Directive {
  std::string_view name;
  std::string_view value;
};

std::optional<Directive> readDirective(std::string_view text) {
  if (text.size() > maxDirectiveBytes || !ascii::isPrintable(text)) return std::nullopt;
  const std::string_view pair = text.substr(0, text.find(';'));
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const std::string_view value = pair.substr(equals + 1);
  return Directive{pair.substr(0, equals), value.substr(0, value.find('='))};
}

bool isClerks(std::string_view name) {
  const auto begins = [name](std::string_view start) { return ascii::startsWith(name, start); };
  return std::any_of(clerkCookies.begin(), clerkCookies.end(), begins);
}

}  // namespace

Result<HandshakeCookies> readHandshakeCookies(std::string_view json) {
  const auto items = json::items(json);
  if (items.size() > maxDirectives) return Error{Errc::malformed, "the handshake brings too many cookies"};
  HandshakeCookies cookies;
  for (const std::string_view item : items) {
    auto text = json::toString(item);
    const auto directive = text ? readDirective(*text) : std::nullopt;
    if (!directive) return Error{Errc::malformed, "the handshake brings a cookie that is none"};
    if (!isClerks(directive->name)) continue;
    if (ascii::startsWith(directive->name, sessionCookie)) cookies.sessionToken = directive->value;
    cookies.headers.push_back({"Set-Cookie", *std::move(text), true});
  }
  return cookies;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
