/// Where a request goes, as libcurl itself will read it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <curl/curl.h>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

struct UrlDeleter {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

/// A part of a URL; empty when it has none. Throws `std::bad_alloc`.
std::string partOf(CURLU* url, CURLUPart which);

/// Decided on libcurl's own parse of the URL, which is also the one it connects by: two parsers could disagree.
struct Target {
  std::unique_ptr<CURLU, UrlDeleter> url;
  /// Scheme and authority as written; borrowed from the request.
  std::string_view origin;
  /// Path and query as written: libcurl would take dot segments and an empty query out.
  std::string pathAndQuery;
  bool secure = true;
  bool loopback = false;
};

/// `Errc::invalidRequest` for anything but an absolute https URL without user info, or an http one to a loopback host
/// or where `allowInsecureHttp` is set.
Result<Target> parseTarget(const std::string& url, bool allowInsecureHttp);

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
