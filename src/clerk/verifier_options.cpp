#include "clerk/verifier_options.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using std::chrono::seconds;

constexpr seconds maxSkew{300};
constexpr seconds maxFetchTimeout = std::chrono::hours(24);
/// Ages are added to the time of the clock, which must not overflow.
constexpr seconds maxAge = std::chrono::hours(24 * 365);

constexpr std::size_t maxCachedTokens = 1'000'000;
constexpr std::size_t minTokenCacheBytes = std::size_t{64} << 10;
constexpr std::size_t maxTokenCacheBytes = std::size_t{1} << 30;

constexpr const char* issuerText = "the URL in the claim iss of tokens, such as https://clerk.example.com";

bool isUpper(char c) noexcept { return c >= 'A' && c <= 'Z'; }

/// Whether it is a scheme (RFC 3986 section 3.1) in lower case.
bool isScheme(std::string_view text) noexcept {
  const auto isInScheme = [](char c) { return ascii::isAlnum(c) || c == '+' || c == '-' || c == '.'; };
  return !text.empty() && !ascii::isDigit(text.front()) && ascii::isAlnum(text.front()) &&
         std::all_of(text.begin(), text.end(), isInScheme);
}

bool isInHost(char c) noexcept {
  return ascii::isAlnum(c) || std::string_view("-._~:[]").find(c) != std::string_view::npos;
}

/// Why browsers never send such an `Origin`; null if they may send it. Schemes of browsers, such as `chrome-extension`,
/// are valid.
const char* problemOfOrigin(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), ascii::isVisible))
    return "contains white space or characters outside ASCII";
  if (text.find('*') != std::string_view::npos) return "is a pattern: origins are compared exactly";
  if (std::any_of(text.begin(), text.end(), isUpper)) return "must be in lower case, as browsers send it";
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0) return "has no scheme: write https://<host>";
  if (!isScheme(text.substr(0, colon))) return "begins with an invalid scheme: write https://<host>";
  const std::string_view host = text.substr(colon + 3);
  if (host.empty()) return "has no host";
  if (host.find_first_of("/?#") != std::string_view::npos) {
    return "must end after the host and port: no slash, path or query";
  }
  if (!std::all_of(host.begin(), host.end(), isInHost)) return "is not an origin";
  const bool secure = ascii::startsWith(text, "https://");
  if (!secure && !ascii::startsWith(text, "http://")) return nullptr;
  if (ascii::endsWith(host, secure ? ":443" : ":80")) return "names the default port, which browsers leave out";
  return http::detail::parseConfiguredUrl(text) ? nullptr : "is not an origin";
}

/// Environment variables contain comma-separated lists; neither origins nor issuers contain commas.
bool isList(std::string_view text) noexcept { return text.find(',') != std::string_view::npos; }

/// The entries of a cleaned list that are not empty; a string without a comma is one entry.
std::vector<std::string_view> entriesOf(std::string_view list) {
  const bool isOne = !isList(list);
  std::vector<std::string_view> entries;
  while (!list.empty()) {
    const auto [given, rest] = ascii::splitOnce(list, ',');
    const std::string_view entry = isOne ? given : pasted::clean(given);
    if (!entry.empty()) entries.push_back(entry);
    list = rest;
  }
  return entries;
}

/// `entry 2 of issuer`: messages do not quote entries, since a secret may have been set in the wrong place.
std::string counted(const char* what, std::size_t index, const std::string& whole) {
  return std::string(what) + ' ' + std::to_string(index + 1) + " of " + whole;
}

void requireValue(const std::string& place, std::string_view entry) {
  if (const auto problem = pasted::problemOf(entry)) throw std::invalid_argument(place + ' ' + *problem);
}

std::string checkedParty(const std::string& place, std::string_view text) {
  requireValue(place, text);
  const char* const kind = text.find("://") == std::string_view::npos ? pasted::kindOf(text) : nullptr;
  if (kind != nullptr) throw std::invalid_argument(place + " must be an origin, but this is " + kind);
  if (const char* const problem = problemOfOrigin(text)) throw std::invalid_argument(place + ' ' + problem);
  return std::string(text);
}

void appendParties(std::vector<std::string>& parties, const std::string& place, std::string_view given) {
  const std::string_view list = pasted::clean(given);
  const auto entries = entriesOf(list);
  if (entries.empty()) throw std::invalid_argument(place + " is empty: leave it out, or name an origin");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    parties.push_back(checkedParty(isList(list) ? counted("origin", i, place) : place, entries[i]));
  }
}

std::vector<std::string> checkedParties(const std::vector<std::string>& given) {
  std::vector<std::string> parties;
  for (std::size_t i = 0; i < given.size(); ++i) {
    appendParties(parties, counted("entry", i, "authorizedParties"), given[i]);
  }
  return parties;
}

std::vector<std::string> checkedAudience(const std::vector<std::string>& given) {
  std::vector<std::string> audience;
  for (const std::string& entry : given) {
    audience.emplace_back(pasted::clean(entry));
    if (audience.back().empty()) throw std::invalid_argument("audience contains an empty entry");
  }
  return audience;
}

/// Why a well-formed URL cannot be the `iss` of a token; null if it can.
const char* problemOfIssuer(std::string_view text, const http::detail::WebUrl& url) {
  if (text.find("/.well-known/") != std::string_view::npos) {
    return "is the URL of a document: pass the part before /.well-known";
  }
  if (ascii::endsWith(text, "/")) return "ends with a slash, which the issuers of Clerk do not";
  const std::string origin = url.origin();
  if (!ascii::startsWith(text, origin)) return "must have scheme and host in lower case, as tokens name them";
  if (!url.isSecure() && !http::detail::isLoopbackHost(url.hostname()))
    return "must be https:// unless its host is loopback";
  if (ascii::startsWith(text.substr(origin.size()), ":")) {
    return "names the default port, which the issuers of Clerk do not";
  }
  return nullptr;
}

std::string checkedIssuer(const std::string& place, std::string_view text) {
  requireValue(place, text);
  const auto url = http::detail::parseConfiguredUrl(text);
  if (!url || url->hasUserInfo() || url->hasQueryOrFragment()) throw pasted::refusal(place, issuerText, text);
  if (const char* const problem = problemOfIssuer(text, *url)) throw std::invalid_argument(place + ' ' + problem);
  return std::string(text);
}

void appendIssuers(std::vector<std::string>& issuers, const std::string& place, std::string_view given) {
  const std::string_view list = pasted::clean(given);
  const auto entries = entriesOf(list);
  if (entries.empty()) throw pasted::refusal(place, issuerText, {});
  for (std::size_t i = 0; i < entries.size(); ++i) {
    issuers.push_back(checkedIssuer(isList(list) ? counted("URL", i, place) : place, entries[i]));
  }
}

}  // namespace

void checkKeyCacheOptions(const KeyCacheOptions& ages) {
  if (ages.softAge <= seconds(0) || ages.hardAge < ages.softAge || ages.staleIfError < ages.hardAge ||
      ages.staleIfError > maxAge) {
    throw std::invalid_argument("keyCache needs 0 < softAge <= hardAge <= staleIfError <= 1 year");
  }
  if (ages.cooldown < seconds(0) || ages.cooldown > maxAge) {
    throw std::invalid_argument("keyCache.cooldown must lie between 0 and 1 year");
  }
  if (ages.fetchTimeout <= seconds(0) || ages.fetchTimeout > maxFetchTimeout) {
    throw std::invalid_argument("keyCache.fetchTimeout must be more than 0 and at most 24 h");
  }
}

void checkTokenCacheOptions(const TokenCacheOptions& cache) {
  if (cache.capacity > maxCachedTokens) {
    throw std::invalid_argument("tokenCache.capacity must be at most 1,000,000; 0 disables the cache");
  }
  if (cache.maxBytes < minTokenCacheBytes || cache.maxBytes > maxTokenCacheBytes) {
    throw std::invalid_argument("tokenCache.maxBytes must lie between 64 KiB and 1 GiB; capacity 0 disables the cache");
  }
  if (cache.maxAge < seconds(1) || cache.maxAge > std::chrono::hours(24)) {
    throw std::invalid_argument("tokenCache.maxAge must lie between 1 s and 24 h; capacity 0 disables the cache");
  }
}

AcceptedIssuers checkedIssuers(const std::string& option, const AcceptedIssuers& given) {
  const std::vector<std::string>& values = given.values();
  std::vector<std::string> issuers;
  for (std::size_t i = 0; i < values.size(); ++i) {
    appendIssuers(issuers, values.size() == 1 ? option : counted("entry", i, option), values[i]);
  }
  return AcceptedIssuers(std::move(issuers));
}

Deadline callDeadline(std::optional<Deadline> given) {
  return given ? *given : std::chrono::steady_clock::now() + seconds(5);
}

SessionVerifierOptions checkedVerifierOptions(SessionVerifierOptions options) {
  options.authorizedParties = checkedParties(options.authorizedParties);
  options.audience = checkedAudience(options.audience);
  options.issuer = checkedIssuers("issuer", options.issuer);
  if (options.clockSkew < seconds(0) || options.clockSkew > maxSkew) {
    throw std::invalid_argument("clockSkew must lie between 0 and 300 s");
  }
  checkKeyCacheOptions(options.keyCache);
  checkTokenCacheOptions(options.tokenCache);
  return options;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
