#include "http/wiped_request.hpp"

#include "core/wipe.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

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
    if (header.sensitive) liveblocks::detail::wipe(header.value);
  }
  liveblocks::detail::wipe(request.body);
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
