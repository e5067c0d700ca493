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

/// Whom requests are sent to. Decided on libcurl's own parse of the URL, which is also the one it connects by: two
/// parsers could disagree.
struct Host {
  /// Scheme and authority alone.
  std::unique_ptr<CURLU, UrlDeleter> url;
  bool secure = true;
  bool loopback = false;
};

/// A URL in two parts, as written.
struct UrlParts {
  /// Scheme and authority; borrowed.
  std::string_view origin;
  /// Path and query: libcurl would take dot segments and an empty query out.
  std::string pathAndQuery;
};

/// `Errc::invalidRequest` for what is not absolute or not plain ASCII, and for user names.
Result<UrlParts> splitUrl(const std::string& url);

/// `Errc::invalidRequest` for what is malformed or neither https nor http. `origin` comes from `splitUrl()`.
Result<Host> parseHost(std::string_view origin);

/// `Errc::invalidRequest` for plain http that neither stays on this machine nor is allowed.
std::optional<Error> checkSecurity(const Host& host, bool allowInsecureHttp);

/// `Errc::invalidRequest` for a method or a header that could break the framing of the message, or that is the
/// transport's own.
std::optional<Error> checkRequest(const Request& request);

/// Holds the lines for the time of one exchange, then overwrites them: they carry secret keys.
class RequestLines {
 public:
  RequestLines() = default;
  RequestLines(const RequestLines&) = delete;
  RequestLines& operator=(const RequestLines&) = delete;
  ~RequestLines() { clear(); }

  /// The lines of the next exchange, in the memory of the one before. `request` has passed `checkRequest`.
  void assign(const Request& request);
  /// Overwrites the lines.
  void clear() noexcept;

  curl_slist* list() noexcept { return nodes_.data(); }

 private:
  void add(std::string_view name, std::string_view separator, std::string_view value);

  std::string text_;
  std::vector<curl_slist> nodes_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
