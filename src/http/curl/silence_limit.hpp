/// Detects connections that are dead.
#pragma once

#include <curl/curl.h>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// For `CURLOPT_SOCKOPTFUNCTION`: ends the connection when the other side has acknowledged nothing for that time.
/// `limit` points to milliseconds. Does nothing where the system has no such option.
int limitSilence(void* limit, curl_socket_t socket, curlsocktype purpose) noexcept;

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
