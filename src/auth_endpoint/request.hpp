/// Reads the body that a browser sends to an auth endpoint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_endpoint/request.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Says why a text is not one strict JSON object within the limits; empty when it is.
std::string problemOfRequestBody(std::string_view text);

/// Reads the requested room; nullopt for access outside of rooms. Returns false when the member is neither a string nor
/// null nor absent.
bool readRoomId(const AuthRequestBody& body, std::optional<std::string>& room);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
