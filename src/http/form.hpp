/// Queries as `application/x-www-form-urlencoded`, https://url.spec.whatwg.org/#application/x-www-form-urlencoded.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

using FormParameters = std::vector<std::pair<std::string, std::string>>;

/// `text` without its `?`. Malformed escapes are kept, malformed UTF-8 becomes U+FFFD.
FormParameters parseForm(std::string_view text);

/// Names and values are UTF-8.
std::string writeForm(const FormParameters& parameters);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
