/// One exchange on the calling thread.
#pragma once

#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/curl/handle.hpp"
#include "http/curl/request.hpp"
#include "http/curl/setup.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// `request` has passed `checkRequest`; `handle` is fresh or reset and fit for reuse only after a success.
/// Throws `std::bad_alloc`, and what `call.cancelled` throws.
Result<Response> exchange(Handle& handle, const Target& target, const Request& request, const Call& call,
                          const Settings& settings);

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
