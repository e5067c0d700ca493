#include <liveblocks/http/message.hpp>

#include "core/text.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

std::optional<std::string_view> findHeader(const Response& response, std::string_view name) noexcept {
  for (const Header& header : response.headers) {
    if (ascii::equalsIgnoringCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::string describe(const Request& request) {
  const std::optional<detail::WebUrl> url = detail::WebUrl::parse(request.url);
  std::string text = request.method + " " + (url ? url->origin() + url->path() : "<bad URL>");
  for (const Header& header : request.headers) {
    text += "\n" + header.name + ": " + (header.sensitive ? "***" : header.value);
  }
  return text + "\n(" + std::to_string(request.body.size()) + " bytes of body)";
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
