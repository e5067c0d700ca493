/// What libcurl is told of a request.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include <liveblocks/core/error.hpp>
#include <liveblocks/http/message.hpp>
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

/// `Errc::invalidRequest` for a method or a header that could break the framing of the message, or that is the
/// transport's own.
std::optional<Error> checkRequest(const Request& request);

/// Holds the lines for the time of one exchange, then overwrites them: they carry secret keys.
class RequestLines {
 public:
  /// `request` has passed `checkRequest`.
  explicit RequestLines(const Request& request);
  RequestLines(const RequestLines&) = delete;
  RequestLines& operator=(const RequestLines&) = delete;
  ~RequestLines();

  curl_slist* list() noexcept { return nodes_.data(); }

 private:
  void add(std::string_view name, std::string_view separator, std::string_view value);

  std::string text_;
  std::vector<curl_slist> nodes_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
