/// What a failure of libcurl means to us.
#pragma once

#include <chrono>

#include <liveblocks/core/error.hpp>

#include "http/curl/handle.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// The message names the origin that was asked. `timeLeft` until the deadline of the call tells the deadline from the
/// connect timeout.
Error describeFailure(CURLcode code, const Handle& handle, std::chrono::milliseconds timeLeft);

Error cancelledError();

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
