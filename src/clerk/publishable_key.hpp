/// What a publishable key says about its Clerk instance.
/// https://clerk.com/docs/guides/development/clerk-environment-variables
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

enum class InstanceKind { development, production };

struct PublishableKey {
  /// Host of the Frontend API, as in `clerk.example.com`.
  std::string frontendApi;
  InstanceKind kind = InstanceKind::production;
  /// What the browser SDK appends to the names of the instance's cookies, as in `__session_naoXFJnI`.
  std::string cookieSuffix;

  /// `iss` of the instance's tokens.
  std::string issuer() const { return "https://" + frontendApi; }
};

/// Reads `pk_test_…` or `pk_live_…`; white space and quotes around it are ignored.
/// Throws `std::invalid_argument` when it is not the base64 form of `<DNS host>$`.
PublishableKey parsePublishableKey(std::string_view text);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
