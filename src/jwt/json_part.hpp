/// The header or the payload of a token: base64url of one strict JSON object.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

/// Nested containers, the object itself counted.
constexpr int maxDepth = 16;

/// The JSON text; `json::members()` may look into it. `Errc::badEncoding` or `Errc::badJson` naming `part`.
Result<std::string> decodeJsonPart(std::string_view base64, const char* part);

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
