/// Which of Clerk's cookies count: those with the suffix of the instance, or those without.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <liveblocks/core/version.hpp>

#include "clerk/publishable_key.hpp"
#include "clerk/request/request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

class RequestContext;
struct VerificationOutcome;

/// The cookies that were chosen, decoded. Cookies that are absent or empty are empty.
struct ChosenCookies {
  std::string sessionToken;
  std::string devBrowser;
  /// When the set of signed-in users changed last, in seconds since 1970; 0 if no user is signed in.
  std::int64_t clientUat = 0;
  /// The outcome on the session token if the choice required one; else null.
  std::shared_ptr<const VerificationOutcome> outcome;
};

/// Chooses for all cookies at once, by the rules of Clerk's SDK. The request must not have too many cookies.
ChosenCookies chooseCookies(const RequestContext& context);

/// Whether the cookies with the suffix count. Costs more than `chooseCookies()`, which need not know it if all cookies
/// are equal.
bool usesSuffixedCookies(const RequestContext& context);

/// Chooses between the two session cookies by what they say alone, as `findSessionToken()` documents. Empty if both
/// are. `instance` is null without a publishable key: then only the plain cookie counts.
std::string chooseSessionToken(const RequestCookies::Pair& session, const PublishableKey* instance);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
