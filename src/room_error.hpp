/// Failed answers of the Liveblocks API.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints
#pragma once

#include <chrono>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The error that a status other than 2xx stands for. `call` names the call, such as `GET /v2/rooms`; `key` is blotted
/// out wherever the answer repeats it; `now` is compared with a `Retry-After` that holds a date.
Error answeredError(std::string_view call, const http::Response& answer, const Secret& key,
                    std::chrono::system_clock::time_point now);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
