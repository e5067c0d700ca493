/// Cookies of a received request (RFC 6265 §4.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// The value of the first cookie of that name in all `Cookie` headers, as it was sent but for the white space around
/// it. Names are compared exactly; quotes are part of a value.
std::optional<std::string_view> findCookie(const RequestView& request, std::string_view name) noexcept;

/// Decodes `%XX` (RFC 3986 §2.1). A text with a malformed escape is returned as it is.
std::string percentDecode(std::string_view text);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
