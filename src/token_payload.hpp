/// The payload of a Liveblocks token, as a browser client gets at it.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The JSON object between the two dots, checked strictly; header and signature are not looked at. Bytes that are not
/// UTF-8 are read as Latin-1. `Errc::tokenTooLarge`, `malformed`, `badEncoding` or `badJson`.
Result<std::string> readTokenPayload(std::string_view token);

/// The token in `{"token":"..."}`. `Errc::tokenTooLarge`, `badJson` or `malformed`.
Result<std::string> readTokenBody(std::string_view body);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
