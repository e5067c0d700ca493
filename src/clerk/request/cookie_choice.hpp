/// Which of Clerk's cookies count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "clerk/request/cookies.hpp"
#include "clerk/request/setup.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Those of the instance with its suffix, or those without: decided once for all of them, by the rules of Clerk's SDK.
/// Decoded; what did not come, or came empty, is empty.
struct ChosenCookies {
  /// Borrows nothing.
  static ChosenCookies of(const RequestCookies& cookies, const RequestSetup& setup,
                          std::chrono::system_clock::time_point now);

  bool areSuffixed = false;
  std::string sessionToken;
  std::string devBrowser;
  /// Seconds since 1970 of the last change of who is signed in; 0: nobody is.
  std::int64_t clientUat = 0;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
