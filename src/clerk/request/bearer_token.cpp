#include "clerk/request/bearer_token.hpp"

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::string_view blanks = " \t";

/// Of a long text, faster than looking for several characters at once.
bool holdsBlank(std::string_view text) noexcept {
  return text.find(' ') != std::string_view::npos || text.find('\t') != std::string_view::npos;
}

Error badHeader() { return {Errc::malformed, "the Authorization header is not of the form \"Bearer <token>\""}; }

}  // namespace

std::optional<Result<std::string_view>> readBearerToken(std::string_view value) {
  value = ascii::trim(value);
  if (value.empty()) return std::nullopt;
  const std::size_t end = value.find_first_of(blanks);
  if (end == std::string_view::npos) return badHeader();
  if (!ascii::equalsIgnoringCase(value.substr(0, end), "bearer")) return std::nullopt;
  const std::string_view token = ascii::trim(value.substr(end));
  if (holdsBlank(token)) return badHeader();
  return token;
}

Error severalCredentials() { return {Errc::malformed, "the request has several Authorization headers"}; }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
