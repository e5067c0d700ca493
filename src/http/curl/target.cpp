#include "http/curl/target.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "core/ascii.hpp"
#include "http/loopback.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

struct TextDeleter {
  void operator()(char* text) const noexcept { curl_free(text); }
};

/// Visible ASCII without the backslash, which some parsers take for a slash.
bool isPlain(std::string_view url) noexcept {
  return std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '\\'; });
}

/// `scheme://authority`; empty without an authority.
std::string_view originOf(std::string_view url) noexcept {
  const std::size_t slashes = url.find("://");
  if (slashes == std::string_view::npos) return {};
  const std::size_t begin = slashes + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  return end == begin ? std::string_view() : url.substr(0, end);
}

std::string pathAndQueryOf(std::string_view url, std::string_view origin) {
  const std::string_view rest = url.substr(origin.size(), url.find('#') - origin.size());
  return ascii::startsWith(rest, "/") ? std::string(rest) : '/' + std::string(rest);
}

Error invalid(const char* reason) {
  return {Errc::invalidRequest, std::string("the request cannot be sent: ") + reason};
}

}  // namespace

std::string partOf(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  const CURLUcode code = curl_url_get(url, which, &text, 0);
  const std::unique_ptr<char, TextDeleter> owner(text);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  return code == CURLUE_OK ? text : "";
}

Result<Target> parseTarget(const std::string& url, bool allowInsecureHttp) {
  Target target{std::unique_ptr<CURLU, UrlDeleter>(curl_url()), originOf(url), {}};
  if (!target.url) throw std::bad_alloc();
  if (target.origin.empty() || !isPlain(url)) return invalid("its URL is not absolute and plain ASCII");
  if (target.origin.find('@') != std::string_view::npos) return invalid("its URL holds a user name or password");
  const CURLUcode code = curl_url_set(target.url.get(), CURLUPART_URL, url.c_str(), 0);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLUE_OK) return invalid("its URL is malformed");

  target.pathAndQuery = pathAndQueryOf(url, target.origin);
  const std::string scheme = partOf(target.url.get(), CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") return invalid("its URL is neither https:// nor http://");
  target.secure = scheme == "https";
  target.loopback = isLoopbackHost(ascii::lower(partOf(target.url.get(), CURLUPART_HOST)));
  if (!target.secure && !target.loopback && !allowInsecureHttp) {
    return invalid("http:// to a host that is not loopback needs allowInsecureHttp");
  }
  return target;
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
