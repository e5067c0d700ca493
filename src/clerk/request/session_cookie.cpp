#include "clerk/request/session_cookie.hpp"

#include <charconv>
#include <chrono>
#include <limits>
#include <utility>

#include "clerk/request/context.hpp"
#include "clerk/request/result.hpp"
#include "clerk/request/unverified_token.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using VerdictPointer = std::shared_ptr<const SessionVerdict>;

struct DecodedPair {
  explicit DecodedPair(const RequestCookies::Pair& pair)
      : plain(decodeCookie(pair.plain.value_or(""))), suffixed(decodeCookie(pair.suffixed.value_or(""))) {}

  bool isAlike() const { return plain == suffixed; }
  std::string& chosen(bool areSuffixed) { return areSuffixed ? suffixed : plain; }

  std::string plain;
  std::string suffixed;
};

struct DecodedCookies {
  explicit DecodedCookies(const RequestCookies& cookies)
      : session(cookies.session), clientUat(cookies.clientUat), devBrowser(cookies.devBrowser) {}

  bool areAlike() const { return session.isAlike() && clientUat.isAlike() && devBrowser.isAlike(); }
  bool havePlainAlone() const { return session.suffixed.empty() && clientUat.suffixed.empty(); }

  DecodedPair session;
  DecodedPair clientUat;
  DecodedPair devBrowser;
};

/// As `parseInt()` of ECMAScript reads it: what is no number is 0.
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

/// Whose the session cookie without the suffix is, by what it says.
enum class Origin { unknown, ours, foreign };

/// The scheme counts for nothing here.
Origin originOf(std::string_view issuer, const RequestContext& context) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (ascii::equalsIgnoringCase(issuer.substr(0, scheme.size()), scheme)) {
      issuer.remove_prefix(scheme.size());
      break;
    }
  }
  return issuer == context.setup().frontendHost ? Origin::ours : Origin::foreign;
}

Origin originOf(const UnverifiedToken* token, const RequestContext& context) {
  if (token == nullptr || !token->namesIssuer()) return Origin::unknown;
  return originOf(token->issuer(), context);
}

Origin originOf(const SessionVerdict& verdict, const RequestContext& context) {
  if (!verdict.claims) return originOf(verdict.refused.get(), context);
  const std::string& issuer = verdict.claims->issuer();
  return issuer.empty() ? Origin::unknown : originOf(issuer, context);
}

std::int64_t issuedAt(const UnverifiedToken* token) { return token != nullptr ? token->issuedAt().value_or(0) : 0; }

bool isExpired(const UnverifiedToken* token, std::chrono::system_clock::time_point now) {
  const auto expiry = token != nullptr ? token->integerClaim("exp") : std::nullopt;
  return expiry && *expiry <= std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

/// Where the session without the suffix is ours, or absent.
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
  const Origin origin = originOf(plain.get(), context);
  if (!cookies.session.plain.empty() && origin != Origin::ours) return origin == Origin::foreign;
  return suffixedCookiesWin(cookies, plain.get(), context);
}

ChosenCookies take(DecodedCookies cookies, bool areSuffixed, VerdictPointer verdict = nullptr) {
  return {std::move(cookies.session.chosen(areSuffixed)), std::move(cookies.devBrowser.chosen(areSuffixed)),
          leadingInteger(cookies.clientUat.chosen(areSuffixed)), std::move(verdict)};
}

}  // namespace

// Reading a token costs a fifth of verifying it, so it is not read where the outcome is the same, nor where it will be
// verified anyway.
ChosenCookies chooseCookies(const RequestContext& context) {
  DecodedCookies cookies(context.received().cookies);
  if (cookies.areAlike()) return take(std::move(cookies), false);
  if (!cookies.havePlainAlone() || cookies.session.plain.empty() || leadingInteger(cookies.clientUat.plain) == 0) {
    const bool areSuffixed = suffixedCookiesCount(cookies, context);
    return take(std::move(cookies), areSuffixed);
  }
  auto verdict = std::make_shared<const SessionVerdict>(
      judgeSession(context, context.setup().rules, cookies.session.plain, SessionToken::Carrier::cookie));
  if (originOf(*verdict, context) == Origin::foreign) return take(std::move(cookies), true);
  return take(std::move(cookies), false, std::move(verdict));
}

bool usesSuffixedCookies(const RequestContext& context) {
  return suffixedCookiesCount(DecodedCookies(context.received().cookies), context);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
