/// Publishable keys, and what is derived from them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/core/version.hpp>

#include "clerk/key_source.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

enum class InstanceKind { development, production };

struct PublishableKey {
  /// The host of the Frontend API, such as `clerk.example.com`.
  std::string frontendApi;
  InstanceKind kind = InstanceKind::production;
  /// The suffix of the names of the instance's cookies, as in `__session_naoXFJnI`.
  std::string cookieSuffix;

  /// `iss` of the instance's tokens.
  std::string issuer() const { return "https://" + frontendApi; }
};

/// Parses `pk_test_…` or `pk_live_…`; surrounding white space and quotes are ignored.
/// Throws `std::invalid_argument` if the rest is not the base64 encoding of `<DNS host>$`.
PublishableKey parsePublishableKey(std::string_view text);

/// The origin of the account portal of the instance whose Frontend API has that host.
std::string accountsPortalOrigin(std::string_view frontendHost);

/// Whether it is the host of the account portal of a development instance.
bool isDevelopmentPortal(std::string_view host) noexcept;

/// The parsed `publishableKey`; nullopt if it is empty. Throws `std::invalid_argument` if it is invalid.
std::optional<PublishableKey> readInstance(std::string_view publishableKey);

/// The accepted issuers of the instance's sessions; empty if they are unknown. Throws `std::invalid_argument` if the
/// keys belong to another instance.
std::vector<std::string> chooseIssuers(const AcceptedIssuers& given, const std::optional<PublishableKey>& instance,
                                       const KeySource::State& origin);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
