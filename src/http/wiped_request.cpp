#include "http/wiped_request.hpp"

#include <openssl/crypto.h>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

Header bearerAuthorization(const Secret& key) {
  constexpr std::string_view scheme = "Bearer ";
  Header header{"Authorization", {}, true};
  header.value.reserve(scheme.size() + key.reveal().size());
  header.value += scheme;
  header.value += key.reveal();
  return header;
}

void wipe(Request& request) noexcept {
  for (Header& header : request.headers) {
    if (header.sensitive) OPENSSL_cleanse(header.value.data(), header.value.size());
  }
  OPENSSL_cleanse(request.body.data(), request.body.size());
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
