/// What an exchange ends with.
#pragma once

#include <optional>

#include <curl/curl.h>

#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/curl/easy_handle.hpp"
#include "http/curl/response.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// After a transfer that ended with that code. An error names the origin that was asked; the deadline of the call tells
/// it from the connect timeout.
Result<Response> outcomeOf(CURLcode code, ResponseReader& reader, const EasyHandle& handle, Deadline deadline);

/// The server had closed the kept connection meanwhile. libcurl sees to most such cases itself, not to all over HTTP/2.
bool isStale(const EasyHandle& handle, const Error& error) noexcept;

/// Why nothing is to be sent for the call: its deadline has passed, or it was cancelled. Throws what `Call::cancelled`
/// throws.
std::optional<Error> refusal(const Call& call);

Error cancelledError() noexcept;
Error optionError() noexcept;
Error outOfMemoryError() noexcept;
/// For a call whose `Call::cancelled` threw.
Error brokenCallError() noexcept;

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
