#include "http/curl/silence_limit.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#if defined(__linux__)
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

int limitSilence(void* limit, curl_socket_t socket, curlsocktype) noexcept {
#if defined(__linux__)
  using Count = std::chrono::milliseconds::rep;
  const Count count = static_cast<const std::chrono::milliseconds*>(limit)->count();
  const auto value = static_cast<unsigned int>(std::min<Count>(count, std::numeric_limits<int>::max()));
  static_cast<void>(::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &value, sizeof value));
#else
  static_cast<void>(limit);
  static_cast<void>(socket);
#endif
  return CURL_SOCKOPT_OK;
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
