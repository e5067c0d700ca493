/// The host of a URL, as https://url.spec.whatwg.org/#host-parsing reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// The normal form of a name (lower case), an IPv4 address (four decimal numbers) or an IPv6 address (in brackets, in
/// hexadecimal, shortened). nullopt for everything else, which is much that the standard accepts: names that are not
/// plain ASCII or have empty labels, percent-escapes, and addresses in another form.
std::optional<std::string> parseWebHost(std::string_view text);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
