/// What counts of a received request.
#pragma once

#include <optional>
#include <string_view>

#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

#include "clerk/request/cookies.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Headers that are absent are empty; of several of one name the first counts, but for the credentials and for
/// `Sec-Fetch-Dest`. Nothing is copied: borrows the request.
struct ReceivedRequest {
  /// Probably a page that a person asked for, whose browser will follow a redirect.
  bool isForDocument() const noexcept;

  std::string_view url;
  bool isGet = false;
  std::size_t credentials = 0;
  /// The token of the `Authorization` header, or why that is unusable; nullopt where there is none.
  std::optional<Result<std::string_view>> credential;
  std::string_view host;
  std::string_view forwardedHost;
  std::string_view forwardedProto;
  std::string_view referrer;
  std::string_view secFetchDest;
  std::string_view accept;
  RequestCookies cookies;
};

/// Reads the headers in one pass.
ReceivedRequest receive(const http::RequestView& request, std::string_view cookieSuffix);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
