/// The body that a browser sends to an auth endpoint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_endpoint/request.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Why a text is not one strict JSON object within the limits; empty when it is.
std::string problemOfRequestBody(std::string_view text);

/// Takes the room that is asked for, none for access outside of rooms. False when the member is neither a text nor null
/// nor absent.
bool takeRoom(const AuthRequestBody& body, std::optional<std::string>& room);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
