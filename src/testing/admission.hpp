/// Who may ask: pages of one origin, on this machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// Whether that is `127.0.0.1`, `localhost` or `[::1]`, with a port or without.
bool isLoopbackAuthority(std::string_view authority) noexcept;

/// The refusal of a request that was sent to another host than loopback, or by a page of another origin; nullopt for
/// all others.
std::optional<http::Response> refuseStranger(const http::RequestView& request, const std::string& pageOrigin);

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
