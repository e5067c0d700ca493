/// The answers an auth endpoint gives in its own words.
///
/// A Liveblocks client that calls the endpoint through a function stops for good at the class `forbidden` and tries
/// again at any other; one that is configured with a URL goes by the status.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace answers {

/// A body of JSON text that nobody may keep.
http::Response json(int status, std::string body);

/// `problem` says what is wrong with the body.
http::Response badRequest(std::string_view problem);
http::Response unauthorized(std::string_view reason);
/// An empty reason: "Access denied".
http::Response forbidden(std::string_view reason);
http::Response methodNotAllowed();
http::Response tooLarge(std::size_t maxBody);
http::Response internal();
/// An empty reason: a text that says nothing about the cause.
http::Response unavailable(std::string_view reason = {}, std::optional<std::chrono::seconds> retryAfter = {});

}  // namespace answers
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
