#include "clerk/verifier_options.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "ascii.hpp"
#include "http/url.hpp"
#include "pasted_value.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using std::chrono::seconds;

constexpr seconds maxSkew{300};
constexpr seconds maxFetchTimeout = std::chrono::hours(24);
/// Ages are added to the clock's time, which must not overflow.
constexpr seconds maxAge = std::chrono::hours(24 * 365);

bool isUpper(char c) noexcept { return c >= 'A' && c <= 'Z'; }

bool isPrintable(char c) noexcept { return c > ' ' && c < '\x7F'; }

/// RFC 3986 section 3.1, in lower case.
bool isScheme(std::string_view text) noexcept {
  const auto isInScheme = [](char c) { return ascii::isAlnum(c) || c == '+' || c == '-' || c == '.'; };
  return !text.empty() && !ascii::isDigit(text.front()) && ascii::isAlnum(text.front()) &&
         std::all_of(text.begin(), text.end(), isInScheme);
}

bool isInHost(char c) noexcept {
  return ascii::isAlnum(c) || std::string_view("-._~:[]").find(c) != std::string_view::npos;
}

/// Why browsers never send such an `Origin`; null when they may. Schemes of their own, such as `chrome-extension`, are
/// fine.
const char* problemOfOrigin(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), isPrintable)) return "holds white space or characters outside ASCII";
  if (text.find('*') != std::string_view::npos) return "is a pattern: origins are compared exactly";
  if (std::any_of(text.begin(), text.end(), isUpper)) return "must be in lower case, as browsers send it";
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0) return "has no scheme: write https://<host>";
  if (!isScheme(text.substr(0, colon))) return "begins with something that is no scheme: write https://<host>";
  const std::string_view host = text.substr(colon + 3);
  if (host.empty()) return "has no host";
  if (host.find_first_of("/?#") != std::string_view::npos) {
    return "must end behind the host and port: no slash, path or query";
  }
  if (!std::all_of(host.begin(), host.end(), isInHost)) return "is no origin";
  const bool secure = ascii::startsWith(text, "https://");
  if (!secure && !ascii::startsWith(text, "http://")) return nullptr;
  if (ascii::endsWith(host, secure ? ":443" : ":80")) return "names the default port, which browsers leave out";
  return http::parseUrl(text) ? nullptr : "is no origin";
}

/// The text may be a secret in the wrong place: messages count entries.
std::invalid_argument refuseParty(std::size_t number, const std::string& reason) {
  return std::invalid_argument("entry " + std::to_string(number) + " of authorizedParties " + reason);
}

std::string checkedParty(std::size_t number, std::string_view text) {
  if (const auto problem = pasted::problemOf(text)) throw refuseParty(number, *problem);
  const char* const kind = text.find("://") == std::string_view::npos ? pasted::kindOf(text) : nullptr;
  if (kind != nullptr) throw refuseParty(number, std::string("must be an origin, but this is ") + kind);
  if (const char* const problem = problemOfOrigin(text)) throw refuseParty(number, problem);
  return std::string(text);
}

/// Environment variables hold lists with commas, which no origin has.
void appendParties(std::vector<std::string>& parties, std::size_t number, std::string_view list) {
  const std::size_t before = parties.size();
  list = pasted::clean(list);
  const bool isList = list.find(',') != std::string_view::npos;
  while (!list.empty()) {
    const auto [given, rest] = ascii::splitOnce(list, ',');
    const std::string_view entry = isList ? pasted::clean(given) : given;
    if (!entry.empty()) parties.push_back(checkedParty(number, entry));
    list = rest;
  }
  if (parties.size() == before) throw refuseParty(number, "is empty: leave it out, or name an origin");
}

std::vector<std::string> checkedParties(const std::vector<std::string>& given) {
  std::vector<std::string> parties;
  for (std::size_t i = 0; i < given.size(); ++i) appendParties(parties, i + 1, given[i]);
  return parties;
}

std::vector<std::string> checkedAudience(const std::vector<std::string>& given) {
  std::vector<std::string> audience;
  for (const std::string& entry : given) {
    audience.emplace_back(pasted::clean(entry));
    if (audience.back().empty()) throw std::invalid_argument("audience holds an empty entry");
  }
  return audience;
}

std::string checkedIssuer(const std::string& option, std::string_view given) {
  const std::string_view text = pasted::read(option, given);
  const auto url = http::parseUrl(text);
  if (!url || url->hasUserInfo || url->hasQueryOrFragment) {
    throw pasted::refusal(option, "the URL that tokens name as iss, as https://clerk.example.com", text);
  }
  if (!ascii::startsWith(text, url->origin())) {
    throw std::invalid_argument(option + " must have scheme and host in lower case, as tokens name them");
  }
  if (text.find("/.well-known/") != std::string_view::npos) {
    throw std::invalid_argument(option + " is the address of a document: pass what stands before /.well-known");
  }
  if (ascii::endsWith(text, "/")) {
    throw std::invalid_argument(option + " ends with a slash, which the issuers of Clerk do not");
  }
  return std::string(text);
}

void checkAges(const KeyCacheOptions& ages) {
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

}  // namespace

AcceptedIssuers checkedIssuers(const std::string& option, const AcceptedIssuers& given) {
  std::vector<std::string> issuers;
  for (const std::string& issuer : given.values()) issuers.push_back(checkedIssuer(option, issuer));
  return AcceptedIssuers(std::move(issuers));
}

VerifierOptions checkedVerifierOptions(VerifierOptions options) {
  options.authorizedParties = checkedParties(options.authorizedParties);
  options.audience = checkedAudience(options.audience);
  options.issuer = checkedIssuers("issuer", options.issuer);
  if (options.clockSkew < seconds(0) || options.clockSkew > maxSkew) {
    throw std::invalid_argument("clockSkew must lie between 0 and 300 s");
  }
  checkAges(options.keyCache);
  return options;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
