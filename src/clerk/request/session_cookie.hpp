/// Which of Clerk's cookies count.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

class RequestContext;
struct SessionVerdict;

/// Those of the instance with its suffix, or those without. Decoded; what did not come, or came empty, is empty.
struct ChosenCookies {
  std::string sessionToken;
  std::string devBrowser;
  /// Seconds since 1970 of the last change of who is signed in; 0: nobody is.
  std::int64_t clientUat = 0;
  /// Of the session token, where the choice took one; else null.
  std::shared_ptr<const SessionVerdict> verdict;
};

/// Decides once for all of them, by the rules of Clerk's SDK. There must not be too many.
ChosenCookies chooseCookies(const RequestContext& context);

/// Whether those with the suffix count. Costs more than `chooseCookies()`, which need not know where all are alike.
bool usesSuffixedCookies(const RequestContext& context);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
