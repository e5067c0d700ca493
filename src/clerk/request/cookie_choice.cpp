#include "clerk/request/cookie_choice.hpp"

#include <charconv>
#include <limits>
#include <utility>

#include "ascii.hpp"
#include "clerk/request/limits.hpp"
#include "clerk/request/unverified_token.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

struct DecodedPair {
  explicit DecodedPair(const RequestCookies::Pair& pair)
      : plain(decodeCookie(pair.plain.value_or(""))), suffixed(decodeCookie(pair.suffixed.value_or(""))) {}

  std::string& chosen(bool areSuffixed) { return areSuffixed ? suffixed : plain; }

  std::string plain;
  std::string suffixed;
};

/// The scheme counts for nothing here.
bool isIssuer(std::string_view issuer, std::string_view host) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (ascii::equalsIgnoringCase(issuer.substr(0, scheme.size()), scheme)) {
      issuer.remove_prefix(scheme.size());
      break;
    }
  }
  return issuer == host;
}

std::int64_t issuedAt(const UnverifiedToken* token) { return token != nullptr ? token->issuedAt().value_or(0) : 0; }

bool isExpired(const UnverifiedToken* token, std::chrono::system_clock::time_point now) {
  const auto expiry = token != nullptr ? token->integerClaim("exp") : std::nullopt;
  return expiry && *expiry <= std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

bool suffixedCookiesCount(const DecodedPair& session, const DecodedPair& clientUat, const RequestSetup& setup,
                          std::chrono::system_clock::time_point now) {
  const auto plain = UnverifiedToken::read(session.plain);
  if (!session.plain.empty()) {
    if (plain == nullptr || !plain->namesIssuer()) return false;
    if (!isIssuer(plain->issuer(), setup.frontendHost)) return true;
  }
  if (session.suffixed.empty() && clientUat.suffixed.empty()) return false;
  const bool plainIsSignedOut = clientUat.plain == "0";
  const bool suffixedIsSignedOut = clientUat.suffixed == "0";
  if (suffixedIsSignedOut) return plainIsSignedOut;
  const auto suffixed = UnverifiedToken::read(session.suffixed);
  if (!plainIsSignedOut && issuedAt(plain.get()) > issuedAt(suffixed.get())) return false;
  if (setup.isDevelopment() && plainIsSignedOut && isExpired(suffixed.get(), now)) return false;
  return !clientUat.suffixed.empty();
}

/// As `parseInt()` of ECMAScript reads it: what is no number is 0.
std::int64_t leadingInteger(std::string_view text) {
  text = ascii::trim(text);
  const bool isNegative = ascii::startsWith(text, "-");
  if (isNegative || ascii::startsWith(text, "+")) text.remove_prefix(1);
  const bool isHex = ascii::equalsIgnoringCase(text.substr(0, 2), "0x");
  if (isHex) text.remove_prefix(2);
  std::int64_t number = 0;
  if (ascii::startsWith(text, "-")) return 0;
  const auto outcome = std::from_chars(text.data(), text.data() + text.size(), number, isHex ? 16 : 10);
  if (outcome.ec == std::errc::result_out_of_range) number = std::numeric_limits<std::int64_t>::max();
  return isNegative ? -number : number;
}

}  // namespace

ChosenCookies ChosenCookies::of(const RequestCookies& cookies, const RequestSetup& setup,
                                std::chrono::system_clock::time_point now) {
  DecodedPair session(cookies.session);
  DecodedPair clientUat(cookies.clientUat);
  DecodedPair devBrowser(cookies.devBrowser);
  const bool areSuffixed = suffixedCookiesCount(session, clientUat, setup, now);
  return {areSuffixed, std::move(session.chosen(areSuffixed)), std::move(devBrowser.chosen(areSuffixed)),
          leadingInteger(clientUat.chosen(areSuffixed))};
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
