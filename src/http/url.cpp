#include "http/url.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "http/form.hpp"
#include "http/host.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

constexpr bool isSlash(char c) noexcept { return c == '/' || c == '\\'; }

bool isReadable(std::string_view text) {
  if (text.size() > WebUrl::maxSize || std::any_of(text.begin(), text.end(), ascii::isControl)) return false;
  return (text.empty() || (text.front() != ' ' && text.back() != ' ')) && utf8::isValid(text);
}

/// 1 for `.` and 2 for `..` in any spelling, else 0.
int dots(std::string_view segment) {
  int count = 0;
  for (; !segment.empty(); ++count) {
    const bool escaped = percentEscapeAt(segment, 0) == '.';
    if (count == 2 || (!escaped && segment.front() != '.')) return 0;
    segment.remove_prefix(escaped ? 3 : 1);
  }
  return count;
}

/// `path` without its last segment and the slash before it.
void shorten(std::string& path) { path.erase(std::min(path.rfind('/'), path.size())); }

/// Appends the segments of `text` to `path`, which is empty or ends where a segment does.
std::string resolvePath(std::string path, std::string_view text) {
  if (!text.empty() && isSlash(text.front())) text.remove_prefix(1);
  for (bool last = false; !last;) {
    const std::size_t end = std::min(text.find_first_of("/\\"), text.size());
    last = end == text.size();
    const std::string_view segment = text.substr(0, end);
    text.remove_prefix(last ? end : end + 1);
    const int up = dots(segment);
    if (up == 2) shorten(path);
    if (up == 0 || last) path += '/';
    if (up == 0) path += percentEncode(segment, pathEscapes);
  }
  return path;
}

/// What the standard leaves of a port: no zeros in front, nothing when it is the scheme's own. nullopt when it is none.
std::optional<std::string> parsePort(std::string_view text, std::string_view scheme) {
  if (!std::all_of(text.begin(), text.end(), ascii::isDigit)) return std::nullopt;
  if (text.empty()) return std::string();
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  if (text.size() > 5 || (text.size() == 5 && text > "65535")) return std::nullopt;
  return std::string(text == (scheme == "https" ? "443" : "80") ? std::string_view() : text);
}

/// With its `@`; empty when there is neither name nor password.
std::string writeUserInfo(std::string_view text) {
  const auto [name, password] = ascii::splitOnce(text, ':');
  std::string result = percentEncode(name, userInfoEscapes);
  if (!password.empty()) result += ":" + percentEncode(password, userInfoEscapes);
  return result.empty() ? result : result + "@";
}

struct Named {
  std::string_view name;

  bool operator()(const std::pair<std::string, std::string>& parameter) const { return parameter.first == name; }
};

FormParameters readQuery(const std::string& query) {
  return parseForm(std::string_view(query).substr(query.empty() ? 0 : 1));
}

std::string writeQuery(const FormParameters& parameters) {
  const std::string form = writeForm(parameters);
  return form.empty() ? form : "?" + form;
}

}  // namespace

/// Takes a text apart from front to back.
class WebUrl::Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  std::optional<WebUrl> parse(const WebUrl* base) {
    if (!isReadable(rest_)) return std::nullopt;
    const std::optional<std::string> scheme = takeScheme();
    if (scheme && *scheme != "http" && *scheme != "https") return std::nullopt;
    if (!scheme && base == nullptr) return std::nullopt;
    url_.scheme_ = scheme ? *scheme : base->scheme_;
    const bool relative = base != nullptr && url_.scheme_ == base->scheme_;
    if (relative && !startsWithTwoSlashes()) {
      takeRelative(*base);
    } else if (!takeAuthority()) {
      return std::nullopt;
    } else {
      url_.path_ = resolvePath({}, takeUntil("?#"));
    }
    if (!rest_.empty()) takeQueryAndFragment();
    return std::move(url_);
  }

 private:
  /// In lower case; nullopt, and nothing taken, when the text begins with none.
  std::optional<std::string> takeScheme() {
    const std::size_t colon = rest_.find(':');
    const std::string_view scheme = rest_.substr(0, colon);
    const auto inScheme = [](char c) { return ascii::isAlnum(c) || c == '+' || c == '-' || c == '.'; };
    const bool letterFirst = !scheme.empty() && ascii::isAlnum(scheme.front()) && !ascii::isDigit(scheme.front());
    if (colon == std::string_view::npos || !letterFirst || !std::all_of(scheme.begin(), scheme.end(), inScheme)) {
      return std::nullopt;
    }
    rest_.remove_prefix(scheme.size() + 1);
    return ascii::lower(scheme);
  }

  bool startsWithTwoSlashes() const { return rest_.size() > 1 && isSlash(rest_[0]) && isSlash(rest_[1]); }

  std::string_view takeUntil(std::string_view ends) {
    const std::string_view taken = rest_.substr(0, rest_.find_first_of(ends));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  bool takeAuthority() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of("/\\"), rest_.size()));
    std::string_view authority = takeUntil("/\\?#");
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
      url_.userInfo_ = writeUserInfo(authority.substr(0, at));
      authority.remove_prefix(at + 1);
    }
    const std::size_t bracket = std::min(authority.rfind(']') + 1, authority.size());
    const auto [lastLabels, portText] = ascii::splitOnce(authority.substr(bracket), ':');
    std::optional<std::string> host = parseWebHost(authority.substr(0, bracket + lastLabels.size()));
    std::optional<std::string> port = parsePort(portText, url_.scheme_);
    if (!host || !port) return false;
    url_.hostname_ = std::move(*host);
    url_.port_ = std::move(*port);
    return true;
  }

  void takeRelative(const WebUrl& base) {
    url_.userInfo_ = base.userInfo_;
    url_.hostname_ = base.hostname_;
    url_.port_ = base.port_;
    const std::string_view path = takeUntil("?#");
    if (path.empty()) {
      url_.path_ = base.path_;
      url_.query_ = base.query_;
      return;
    }
    std::string directory = isSlash(path.front()) ? std::string() : base.path_;
    shorten(directory);
    url_.path_ = resolvePath(std::move(directory), path);
  }

  void takeQueryAndFragment() {
    if (rest_.front() == '?') {
      const std::string_view query = takeUntil("#");
      url_.query_ = "?" + percentEncode(query.substr(1), queryEscapes);
    }
    if (!rest_.empty()) url_.fragment_ = "#" + percentEncode(rest_.substr(1), fragmentEscapes);
  }

  std::string_view rest_;
  WebUrl url_;
};

std::optional<WebUrl> WebUrl::parse(std::string_view text) { return Parser(text).parse(nullptr); }

std::optional<WebUrl> WebUrl::parse(std::string_view reference, const WebUrl& base) {
  return Parser(reference).parse(&base);
}

std::string WebUrl::origin() const { return scheme_ + "://" + hostname_ + (port_.empty() ? "" : ":" + port_); }

std::string WebUrl::href() const {
  return scheme_ + "://" + userInfo_ + hostname_ + (port_.empty() ? "" : ":" + port_) + path_ + query_ + fragment_;
}

void WebUrl::setPath(std::string_view path) { path_ = resolvePath({}, path); }

std::optional<std::string> WebUrl::queryParameter(std::string_view name) const {
  FormParameters parameters = readQuery(query_);
  const auto found = std::find_if(parameters.begin(), parameters.end(), Named{name});
  return found == parameters.end() ? std::nullopt : std::optional(std::move(found->second));
}

void WebUrl::setQueryParameter(std::string_view name, std::string_view value) {
  FormParameters parameters = readQuery(query_);
  const auto first = std::find_if(parameters.begin(), parameters.end(), Named{name});
  if (first == parameters.end()) {
    parameters.emplace_back(name, value);
  } else {
    first->second = value;
    parameters.erase(std::remove_if(first + 1, parameters.end(), Named{name}), parameters.end());
  }
  query_ = writeQuery(parameters);
}

void WebUrl::appendQueryParameter(std::string_view name, std::string_view value) {
  appendQueryParameters({{std::string(name), std::string(value)}});
}

void WebUrl::appendQueryParameters(FormParameters parameters) {
  FormParameters all = readQuery(query_);
  std::move(parameters.begin(), parameters.end(), std::back_inserter(all));
  query_ = writeQuery(all);
}

void WebUrl::deleteQueryParameter(std::string_view name) {
  FormParameters parameters = readQuery(query_);
  parameters.erase(std::remove_if(parameters.begin(), parameters.end(), Named{name}), parameters.end());
  query_ = writeQuery(parameters);
}

namespace {

constexpr std::size_t maxUrlLength = 8192;

bool isHostCharacter(char c) noexcept { return ascii::isAlnum(c) || c == '-' || c == '.' || c == '_'; }

bool isValidName(std::string_view host) noexcept {
  return !host.empty() && host.front() != '.' && std::all_of(host.begin(), host.end(), isHostCharacter) &&
         host.find("..") == std::string_view::npos;
}

bool isValidIpv6(std::string_view host) noexcept {
  if (host.size() < 4 || host.front() != '[' || host.back() != ']') return false;
  const std::string_view address = host.substr(1, host.size() - 2);
  return std::all_of(address.begin(), address.end(), [](char c) { return ascii::isAlnum(c) || c == ':' || c == '.'; });
}

bool isValidPort(std::string_view port) noexcept {
  if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), ascii::isDigit)) return false;
  return std::stoi(std::string(port)) <= 65535;
}

bool isPrintableAscii(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '\\'; });
}

/// Takes `scheme://` off the front.
bool takeScheme(std::string_view& rest, Url& url) noexcept {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!ascii::equalsIgnoringCase(rest.substr(0, scheme.size()), scheme)) continue;
    url.secure = scheme.size() == 8;
    rest.remove_prefix(scheme.size());
    return true;
  }
  return false;
}

bool takeAuthority(std::string_view& rest, Url& url) {
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  std::string_view authority = rest.substr(0, end);
  rest.remove_prefix(end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.hasUserInfo = true;
    authority.remove_prefix(at + 1);
  }
  const std::size_t colon =
      authority.find(':', authority.find(']') == std::string_view::npos ? 0 : authority.find(']'));
  if (colon != std::string_view::npos) {
    url.port = authority.substr(colon + 1);
    if (!isValidPort(url.port)) return false;
    authority = authority.substr(0, colon);
  }
  url.host = ascii::lower(authority);
  return isValidName(url.host) || isValidIpv6(url.host);
}

}  // namespace

std::string Url::origin() const { return (secure ? "https://" : "http://") + host + (port.empty() ? "" : ":" + port); }

bool Url::isLoopback() const noexcept { return isLoopbackHost(host); }

std::optional<Url> parseUrl(std::string_view text) {
  Url url;
  if (text.size() > maxUrlLength || !isPrintableAscii(text) || !takeScheme(text, url) || !takeAuthority(text, url)) {
    return std::nullopt;
  }
  const std::size_t end = std::min(text.find_first_of("?#"), text.size());
  url.path = text.substr(0, end);
  url.hasQueryOrFragment = end < text.size();
  return url;
}

std::string checkedBaseUrl(std::string_view option, std::string_view text, bool allowInsecureHttp) {
  const auto refuse = [&](const char* reason) { return std::invalid_argument(std::string(option) + " " + reason); };
  const std::optional<Url> url = parseUrl(pasted::read(option, text));
  if (!url) throw refuse("must be an absolute URL that begins with https:// or http://");
  if (url->hasUserInfo) throw refuse("must not hold a user name or password");
  if (url->hasQueryOrFragment) throw refuse("must not hold a query or fragment");
  if (!url->secure && !url->isLoopback() && !allowInsecureHttp) {
    throw refuse("must be https:// unless its host is loopback: a secret key would travel unprotected");
  }
  std::string result = url->origin() + url->path;
  while (result.back() == '/') result.pop_back();
  return result;
}

void refusePathAt(std::string_view vendorHost, std::string_view option, std::string_view url) {
  const auto parsed = parseUrl(url);
  if (!parsed || parsed->host != vendorHost || parsed->path.empty()) return;
  std::string message(option);
  message.append(" must end behind the host, as https://").append(vendorHost);
  throw std::invalid_argument(message.append(": the library puts the version and the path behind it"));
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
