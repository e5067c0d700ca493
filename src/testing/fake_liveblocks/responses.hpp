/// Responses of the fake, and the strings of its URLs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// nullopt when an escape is malformed, or what is escaped is not UTF-8.
std::optional<std::string> percentDecode(std::string_view text);

/// The parameters of a query, decoded; nullopt as above.
std::optional<std::vector<std::pair<std::string, std::string>>> readQuery(std::string_view query);

/// 200.
http::Response found(const nlohmann::ordered_json& resource);

/// 204.
http::Response done();

/// `{"error": <code>, "message": ...}`
http::Response refused(int status, std::string_view code, std::string_view message);

/// 422, `UNPROCESSABLE_ENTITY`.
http::Response unprocessable(std::string_view message);

/// 404, `ROOM_NOT_FOUND`.
http::Response noSuchRoom(std::string_view id);

/// 409, `ROOM_ALREADY_EXISTS`.
http::Response roomExists(std::string_view id);

/// 400: no path, or no body, that anything could be made of.
http::Response badRequest();

/// 404: no such endpoint.
http::Response noSuchEndpoint();

/// 405: an endpoint, but for other methods.
http::Response noSuchMethod(std::string allowed);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
