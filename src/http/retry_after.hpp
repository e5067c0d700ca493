/// `Retry-After` (RFC 9110 §10.2.3).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// How long to wait, counted from `now`: delta-seconds, or an HTTP-date in any of the three forms of RFC 9110 §5.6.7.
/// A date that has passed is zero; waits of more than a year count as a year. nullopt for anything else.
std::optional<std::chrono::seconds> parseRetryAfter(std::string_view value, std::chrono::system_clock::time_point now);

/// The same for the header of a response; nullopt when it is absent or unreadable.
std::optional<std::chrono::seconds> retryAfter(const Response& response, std::chrono::system_clock::time_point now);

/// The header of an answer of ours, within the same limits.
Header retryAfterHeader(std::chrono::seconds wait);

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
