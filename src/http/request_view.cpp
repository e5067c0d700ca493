#include <liveblocks/http/request_view.hpp>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

ReceivedRequest ReceivedRequest::copyOf(const RequestView& request) {
  return {std::string(request.method),
          std::string(request.url),
          {request.headers.begin(), request.headers.end()},
          std::string(request.body)};
}

std::optional<std::string_view> findHeader(const RequestView& request, std::string_view name) noexcept {
  for (const auto& [headerName, value] : request.headers) {
    if (ascii::equalsIgnoringCase(headerName, name)) return value;
  }
  return std::nullopt;
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
