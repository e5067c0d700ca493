/// The responses of an auth endpoint.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace responses {

/// A response with a JSON body that must not be cached.
http::Response json(int status, std::string body);

/// `problemOfBody` says what is wrong with the body.
http::Response badRequest(std::string_view problemOfBody);

http::Response unauthorized(std::string_view reason);

/// The message is "Access denied" when the reason is empty.
http::Response forbidden(std::string_view reason);

http::Response methodNotAllowed();

http::Response tooLarge(std::size_t maxBody);

http::Response internal();

/// The message says nothing about the cause when the reason is empty.
http::Response unavailable(std::string_view reason = {}, std::optional<std::chrono::seconds> retryAfter = {});

}  // namespace responses
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
