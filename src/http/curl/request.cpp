#include "http/curl/request.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <string_view>
#include <utility>

#include "core/text.hpp"
#include "core/wipe.hpp"
#include "http/curl/field_syntax.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

struct TextDeleter {
  void operator()(char* text) const noexcept { curl_free(text); }
};

/// Visible ASCII without the backslash, which some parsers take for a slash.
bool isPlain(std::string_view url) noexcept {
  return std::all_of(url.begin(), url.end(), [](char c) { return ascii::isVisible(c) && c != '\\'; });
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

Error invalid(const std::string& reason) { return {Errc::invalidRequest, "the request cannot be sent: " + reason}; }

}  // namespace

std::string partOf(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  const CURLUcode code = curl_url_get(url, which, &text, 0);
  const std::unique_ptr<char, TextDeleter> owner(text);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  return code == CURLUE_OK ? text : "";
}

Result<UrlParts> splitUrl(const std::string& url) {
  const std::string_view origin = originOf(url);
  if (origin.empty() || !isPlain(url)) return invalid("its URL is not absolute and plain ASCII");
  if (origin.find('@') != std::string_view::npos) return invalid("its URL holds a user name or password");
  return UrlParts{origin, pathAndQueryOf(url, origin)};
}

Result<Host> parseHost(std::string_view origin) {
  Host host{std::unique_ptr<CURLU, UrlDeleter>(curl_url())};
  if (!host.url) throw std::bad_alloc();
  const CURLUcode code = curl_url_set(host.url.get(), CURLUPART_URL, std::string(origin).c_str(), 0);
  if (code == CURLUE_OUT_OF_MEMORY) throw std::bad_alloc();
  if (code != CURLUE_OK) return invalid("its URL is malformed");
  const std::string scheme = partOf(host.url.get(), CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") return invalid("its URL is neither https:// nor http://");
  host.secure = scheme == "https";
  host.loopback = detail::isLoopbackHost(ascii::lower(partOf(host.url.get(), CURLUPART_HOST)));
  return host;
}

std::optional<Error> checkSecurity(const Host& host, bool allowInsecureHttp) {
  if (host.secure || host.loopback || allowInsecureHttp) return std::nullopt;
  return invalid("http:// to a host that is not loopback needs allowInsecureHttp");
}

namespace {

constexpr std::string_view contentType = "Content-Type";

/// They say where a message goes and where it ends, so they follow from the URL and the body alone.
constexpr std::array<std::string_view, 6> reservedNames{"Host",   "Connection", "Content-Length", "Transfer-Encoding",
                                                        "Expect", "Upgrade"};

bool isReserved(std::string_view name) noexcept {
  return std::any_of(reservedNames.begin(), reservedNames.end(),
                     [&](std::string_view reserved) { return ascii::equalsIgnoringCase(name, reserved); });
}

}  // namespace

std::optional<Error> checkRequest(const Request& request) {
  if (!isToken(request.method)) return invalid("its method is no token");
  if (request.method == "HEAD" && !request.body.empty()) return invalid("HEAD takes no body");
  for (const Header& header : request.headers) {
    if (!isToken(header.name)) return invalid("a header name is no token");
    if (isReserved(header.name)) return invalid("the header " + header.name + " is the transport's own");
    if (!isFieldValue(header.value)) return invalid("the value of " + header.name + " holds a control character");
  }
  return std::nullopt;
}

void RequestLines::assign(const Request& request) {
  clear();
  // The lines stay where they are: neither container grows beyond what is reserved here.
  std::size_t size = 64;
  for (const Header& header : request.headers) size += header.name.size() + header.value.size() + 4;
  text_.reserve(size);
  nodes_.reserve(request.headers.size() + 2);

  add("Expect", ":", "");
  bool hasContentType = false;
  for (const Header& header : request.headers) {
    hasContentType = hasContentType || ascii::equalsIgnoringCase(header.name, contentType);
    const std::string_view value = ascii::trim(header.value);
    // libcurl takes "Name:" for "leave this header out" and "Name;" for an empty one.
    add(header.name, value.empty() ? ";" : ": ", value);
  }
  if (!hasContentType) add(contentType, ":", "");
}

void RequestLines::clear() noexcept {
  liveblocks::detail::wipe(text_);
  text_.clear();
  nodes_.clear();
}

void RequestLines::add(std::string_view name, std::string_view separator, std::string_view value) {
  char* line = text_.data() + text_.size();
  text_.append(name).append(separator).append(value).push_back('\0');
  if (!nodes_.empty()) nodes_.back().next = nodes_.data() + nodes_.size();
  // cppcheck-suppress invalidContainer ; assign() has reserved what is appended
  nodes_.push_back({line, nullptr});
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
