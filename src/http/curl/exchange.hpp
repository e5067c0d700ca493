/// One exchange over a handle of libcurl.
#pragma once

#include <chrono>
#include <string>

#include <liveblocks/core/error.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/curl/handle.hpp"
#include "http/curl/request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// The message names the origin that was asked. `timeLeft` until the deadline of the call tells the deadline from the
/// connect timeout.
Error describeFailure(CURLcode code, const Handle& handle, std::chrono::milliseconds timeLeft);

Error cancelledError();

/// What is the same for all exchanges of a transport.
struct Settings {
  std::chrono::milliseconds connectTimeout;
  std::string proxy;
  std::string caFile;
  std::string userAgent;
};

/// `request` has passed `checkRequest`; `handle` is fresh or reset and fit for reuse only after a success.
/// Throws `std::bad_alloc`, and what `call.cancelled` throws.
Result<Response> exchange(Handle& handle, const Target& target, const Request& request, const Call& call,
                          const Settings& settings);

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
