/// One request and its answer over libcurl.
#pragma once

#include <chrono>
#include <string>

#include <liveblocks/http/transport.hpp>

#include "http/curl/handle.hpp"
#include "http/curl/target.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

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
