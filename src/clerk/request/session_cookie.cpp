#include "clerk/request/session_cookie.hpp"

#include <charconv>
#include <chrono>
#include <limits>
#include <utility>

#include "clerk/request/context.hpp"
#include "clerk/request/unverified_token.hpp"
#include "clerk/request_state.hpp"
#include "core/text.hpp"
#include "http/cookies.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using OutcomePointer = std::shared_ptr<const VerificationOutcome>;

struct DecodedPair {
  using Decode = std::string (*)(std::string_view);

  explicit DecodedPair(const RequestCookies::Pair& pair, Decode decode = decodeCookie)
      : plain(decode(pair.plain.value_or(""))), suffixed(decode(pair.suffixed.value_or(""))) {}

  bool areEqual() const { return plain == suffixed; }
  std::string& chosen(bool areSuffixed) { return areSuffixed ? suffixed : plain; }

  std::string plain;
  std::string suffixed;
};

struct DecodedCookies {
  explicit DecodedCookies(const RequestCookies& cookies)
      : session(cookies.session), clientUat(cookies.clientUat), devBrowser(cookies.devBrowser) {}

  bool areEqual() const { return session.areEqual() && clientUat.areEqual() && devBrowser.areEqual(); }
  bool havePlainAlone() const { return session.suffixed.empty() && clientUat.suffixed.empty(); }

  DecodedPair session;
  DecodedPair clientUat;
  DecodedPair devBrowser;
};

/// As `parseInt()` of ECMAScript; 0 if the string is not a number.
std::int64_t leadingInteger(std::string_view text) {
  text = ascii::trim(text);
  const bool isNegative = ascii::startsWith(text, "-");
  if (isNegative || ascii::startsWith(text, "+")) text.remove_prefix(1);
  const bool isHex = ascii::equalsIgnoringCase(text.substr(0, 2), "0x");
  if (isHex) text.remove_prefix(2);
  if (ascii::startsWith(text, "-")) return 0;
  std::int64_t number = 0;
  const auto outcome = std::from_chars(text.data(), text.data() + text.size(), number, isHex ? 16 : 10);
  if (outcome.ec == std::errc::result_out_of_range) number = std::numeric_limits<std::int64_t>::max();
  return isNegative ? -number : number;
}

/// Which instance issued the session cookie without the suffix, according to its unverified claims.
enum class Issuer { unknown, thisInstance, otherInstance };

/// The scheme of the issuer is ignored.
Issuer issuerOf(std::string_view issuer, const RequestContext& context) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (ascii::equalsIgnoringCase(issuer.substr(0, scheme.size()), scheme)) {
      issuer.remove_prefix(scheme.size());
      break;
    }
  }
  return issuer == context.setup().frontendHost ? Issuer::thisInstance : Issuer::otherInstance;
}

Issuer issuerOf(const UnverifiedToken* token, const RequestContext& context) {
  if (token == nullptr || !token->namesIssuer()) return Issuer::unknown;
  return issuerOf(token->issuer(), context);
}

Issuer issuerOf(const VerificationOutcome& outcome, const RequestContext& context) {
  if (!outcome.claims) return issuerOf(outcome.rejected.get(), context);
  const std::string& issuer = outcome.claims->issuer();
  return issuer.empty() ? Issuer::unknown : issuerOf(issuer, context);
}

std::int64_t issuedAt(const UnverifiedToken* token) { return token != nullptr ? token->issuedAt().value_or(0) : 0; }

bool isExpired(const UnverifiedToken* token, std::chrono::system_clock::time_point now) {
  const auto expiry = token != nullptr ? token->integerClaim("exp") : std::nullopt;
  return expiry && *expiry <= std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

/// For requests whose session cookie without the suffix is of this instance, or absent.
bool suffixedCookiesWin(const DecodedCookies& cookies, const UnverifiedToken* plain, const RequestContext& context) {
  if (cookies.havePlainAlone()) return false;
  const bool plainIsSignedOut = cookies.clientUat.plain == "0";
  const bool suffixedIsSignedOut = cookies.clientUat.suffixed == "0";
  if (suffixedIsSignedOut) return plainIsSignedOut;
  if (!plainIsSignedOut && plain != nullptr) {
    const auto suffixed = UnverifiedToken::read(cookies.session.suffixed);
    if (issuedAt(plain) > issuedAt(suffixed.get())) return false;
  }
  if (plainIsSignedOut && context.setup().isDevelopment()) {
    const auto suffixed = UnverifiedToken::read(cookies.session.suffixed);
    if (isExpired(suffixed.get(), context.now())) return false;
  }
  return !cookies.clientUat.suffixed.empty();
}

bool suffixedCookiesCount(const DecodedCookies& cookies, const RequestContext& context) {
  const auto plain = UnverifiedToken::read(cookies.session.plain);
  const Issuer issuer = issuerOf(plain.get(), context);
  if (!cookies.session.plain.empty() && issuer != Issuer::thisInstance) return issuer == Issuer::otherInstance;
  return suffixedCookiesWin(cookies, plain.get(), context);
}

ChosenCookies take(DecodedCookies cookies, bool areSuffixed, OutcomePointer outcome = nullptr) {
  return {std::move(cookies.session.chosen(areSuffixed)), std::move(cookies.devBrowser.chosen(areSuffixed)),
          leadingInteger(cookies.clientUat.chosen(areSuffixed)), std::move(outcome)};
}

}  // namespace

// Reading a token costs a fifth of verifying it. So it is read neither if the outcome is the same nor if it is verified
// anyway.
ChosenCookies chooseCookies(const RequestContext& context) {
  DecodedCookies cookies(context.request().cookies);
  if (cookies.areEqual()) return take(std::move(cookies), false);
  if (!cookies.havePlainAlone() || cookies.session.plain.empty() || leadingInteger(cookies.clientUat.plain) == 0) {
    const bool areSuffixed = suffixedCookiesCount(cookies, context);
    return take(std::move(cookies), areSuffixed);
  }
  auto outcome = std::make_shared<const VerificationOutcome>(
      verifySession(context, context.setup().sessionClaims, cookies.session.plain, SessionToken::Carrier::cookie));
  if (issuerOf(*outcome, context) == Issuer::otherInstance) return take(std::move(cookies), true);
  return take(std::move(cookies), false, std::move(outcome));
}

bool usesSuffixedCookies(const RequestContext& context) {
  return suffixedCookiesCount(DecodedCookies(context.request().cookies), context);
}

namespace {

/// A value too long for a token is not decoded.
std::string decodeSessionToken(std::string_view value) {
  return value.size() > 3 * jwt::maxTokenSize ? std::string(value) : http::detail::decodeCookieValue(value);
}

bool plainTokenCounts(const DecodedPair& session, const PublishableKey& instance) {
  if (session.suffixed.empty()) return true;
  if (session.plain.empty()) return false;
  const auto plain = UnverifiedToken::readPayload(session.plain);
  const std::string issuer = plain != nullptr ? plain->issuer() : std::string();
  if (issuer.empty()) return true;
  if (issuer != instance.issuer()) return false;
  const auto suffixed = UnverifiedToken::readPayload(session.suffixed);
  const auto issuedAt = [](const UnverifiedToken* token) {
    return token != nullptr ? token->integerClaim("iat").value_or(0) : 0;
  };
  return issuedAt(plain.get()) > issuedAt(suffixed.get());
}

}  // namespace

// The rules of `chooseCookies()` where only the session cookies count. They are stricter in two places:
// the issuer is compared with its scheme, and claims of a wrong type count as absent.
std::string chooseSessionToken(const RequestCookies::Pair& session, const PublishableKey* instance) {
  if (instance == nullptr) return decodeSessionToken(session.plain.value_or(""));
  DecodedPair decoded(session, decodeSessionToken);
  return std::move(decoded.chosen(!plainTokenCounts(decoded, *instance)));
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
