/// The URL under which the browser sees a request.
#pragma once

#include <optional>
#include <string_view>

#include "clerk/request/received.hpp"
#include "clerk/request/setup.hpp"
#include "http/web_url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// A request's URL, as far as it is known.
struct RequestUrl {
  /// nullopt: it cannot be read.
  std::optional<http::WebUrl> url;
  /// Else the origin in `url` is made up.
  bool isPublic = false;
};

/// The path and the query are those of the request. The origin comes from the configuration, else from headers where
/// they are trusted, else from the request's own absolute URL.
RequestUrl requestUrl(const AuthenticatorOptions& options, const ReceivedRequest& received);

/// Whether `url` is seen at a glance to be of the request's public origin. False says nothing.
bool isPlainlyOfPublicOrigin(std::string_view url, const AuthenticatorOptions& options,
                             const ReceivedRequest& received) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
