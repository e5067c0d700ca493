#include "http/wiped_request.hpp"

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

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
