#include "http/url.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {
namespace {

constexpr std::size_t groupsOfAddress = 8;
using Groups = std::vector<std::uint16_t>;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

std::optional<std::uint16_t> parseGroup(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const int digit = ascii::hexDigit(c);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return static_cast<std::uint16_t>(value);
}

/// Groups between single colons; none when there is no text.
std::optional<Groups> parseGroups(std::string_view text) {
  Groups groups;
  if (text.empty()) return groups;
  for (const std::string_view part : split(text, ':')) {
    const std::optional<std::uint16_t> group = parseGroup(part);
    if (!group) return std::nullopt;
    groups.push_back(*group);
  }
  return groups;
}

std::optional<Groups> parseIpv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  std::optional<Groups> groups = parseGroups(text.substr(0, gap));
  if (!groups) return std::nullopt;
  if (gap == std::string_view::npos) return groups->size() == groupsOfAddress ? groups : std::nullopt;
  const std::optional<Groups> tail = parseGroups(text.substr(gap + 2));
  if (!tail || groups->size() + tail->size() >= groupsOfAddress) return std::nullopt;
  groups->resize(groupsOfAddress - tail->size());
  groups->insert(groups->end(), tail->begin(), tail->end());
  return groups;
}

struct Run {
  std::size_t first = 0;
  std::size_t length = 0;
};

/// The first of the longest runs of zeros; a single zero is none.
Run longestRunOfZeros(const Groups& groups) {
  Run longest{groups.size(), 1};
  Run current;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    current = groups[i] != 0 ? Run{i + 1, 0} : Run{current.first, current.length + 1};
    if (current.length > longest.length) longest = current;
  }
  return longest;
}

std::string hexadecimal(std::uint16_t group) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (unsigned rest = group; rest != 0 || result.empty(); rest /= 16) result.insert(0, 1, digits[rest % 16]);
  return result;
}

std::string writeIpv6(const Groups& groups) {
  const Run zeros = longestRunOfZeros(groups);
  std::string result = "[";
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i == zeros.first) {
      result += i == 0 ? "::" : ":";
      i += zeros.length - 1;
      continue;
    }
    result += hexadecimal(groups[i]);
    if (i + 1 < groups.size()) result += ':';
  }
  return result + "]";
}

bool isDecimalByte(std::string_view text) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return false;
  if (!std::all_of(text.begin(), text.end(), ascii::isDigit)) return false;
  return text.size() < 3 || text <= "255";
}

/// What the standard takes for the end of an IPv4 address: digits, or `0x` and hexadecimal digits.
bool isNumber(std::string_view label) {
  if (std::all_of(label.begin(), label.end(), ascii::isDigit)) return true;
  if (!ascii::startsWith(label, "0x")) return false;
  return std::all_of(label.begin() + 2, label.end(), [](char c) { return ascii::hexDigit(c) >= 0; });
}

bool isLabel(std::string_view label) {
  return !label.empty() &&
         std::all_of(label.begin(), label.end(), [](char c) { return ascii::isAlnum(c) || c == '-' || c == '_'; });
}

/// `name` is in lower case.
bool isNameOrIpv4(const std::string& name) {
  std::vector<std::string_view> labels = split(name, '.');
  if (labels.size() == 4 && std::all_of(labels.begin(), labels.end(), isDecimalByte)) return true;
  if (labels.back().empty()) labels.pop_back();
  return !labels.empty() && std::all_of(labels.begin(), labels.end(), isLabel) && !isNumber(labels.back());
}

/// The normal form of a name (lower case), an IPv4 address (four decimal numbers) or an IPv6 address (in brackets, in
/// hexadecimal, shortened). nullopt for everything else, which is much that the standard accepts: names that are not
/// plain ASCII or have empty labels, percent-escapes, and addresses in another form.
std::optional<std::string> parseHost(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '[') {
    if (text.size() < 2 || text.back() != ']') return std::nullopt;
    const std::optional<Groups> groups = parseIpv6(text.substr(1, text.size() - 2));
    return groups ? std::optional(writeIpv6(*groups)) : std::nullopt;
  }
  std::string name = ascii::lower(text);
  return isNameOrIpv4(name) ? std::optional(std::move(name)) : std::nullopt;
}

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
      url_.hasUserInfo_ = true;
      url_.userInfo_ = writeUserInfo(authority.substr(0, at));
      authority.remove_prefix(at + 1);
    }
    const std::size_t bracket = std::min(authority.rfind(']') + 1, authority.size());
    const auto [lastLabels, portText] = ascii::splitOnce(authority.substr(bracket), ':');
    std::optional<std::string> host = parseHost(authority.substr(0, bracket + lastLabels.size()));
    std::optional<std::string> port = parsePort(portText, url_.scheme_);
    if (!host || !port) return false;
    url_.hostname_ = std::move(*host);
    url_.port_ = std::move(*port);
    return true;
  }

  void takeRelative(const WebUrl& base) {
    url_.userInfo_ = base.userInfo_;
    url_.hasUserInfo_ = base.hasUserInfo_;
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

/// Whether a text begins with `https://` or `http://` and a host, and consists of printable ASCII without backslashes.
bool isSpelledOut(std::string_view text) {
  const std::size_t slashes = text.find("://");
  if (slashes == std::string_view::npos) return false;
  const std::string_view scheme = text.substr(0, slashes);
  const std::string_view authority = text.substr(slashes + 3, text.find_first_of("/?#", slashes + 3) - slashes - 3);
  return (ascii::equalsIgnoringCase(scheme, "https") || ascii::equalsIgnoringCase(scheme, "http")) &&
         !authority.empty() && authority.back() != ':' &&
         std::all_of(text.begin(), text.end(), [](char c) { return ascii::isVisible(c) && c != '\\'; });
}

}  // namespace

std::optional<WebUrl> parseConfiguredUrl(std::string_view text) {
  return isSpelledOut(text) ? WebUrl::parse(text) : std::nullopt;
}

std::string checkedBaseUrl(std::string_view option, std::string_view text, bool allowInsecureHttp) {
  const auto refuse = [&](const char* reason) { return std::invalid_argument(std::string(option) + " " + reason); };
  const std::optional<WebUrl> url = parseConfiguredUrl(pasted::read(option, text));
  if (!url) throw refuse("must be an absolute URL that begins with https:// or http:// and a valid host");
  if (url->hasUserInfo()) throw refuse("must not hold a user name or password");
  if (url->hasQueryOrFragment()) throw refuse("must not hold a query or fragment");
  if (!url->isSecure() && !isLoopbackHost(url->hostname()) && !allowInsecureHttp) {
    throw refuse("must be https:// unless its host is loopback: a secret key would travel unprotected");
  }
  std::string result = url->href();
  while (result.back() == '/') result.pop_back();
  return result;
}

void refusePathAt(std::string_view vendorHost, std::string_view option, std::string_view url) {
  const auto parsed = WebUrl::parse(url);
  if (!parsed || parsed->hostname() != vendorHost || parsed->path() == "/") return;
  std::string message(option);
  message.append(" must end behind the host, as https://").append(vendorHost);
  throw std::invalid_argument(message.append(": the library puts the version and the path behind it"));
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
