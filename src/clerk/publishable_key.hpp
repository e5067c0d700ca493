/// Publishable keys, and what follows from one.
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
namespace clerk {
namespace detail {

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

/// The origin of the portal of the instance whose Frontend API has that host.
std::string accountsPortalOrigin(std::string_view frontendHost);

/// Whether it is the host of the portal of some development instance.
bool isDevelopmentPortal(std::string_view host) noexcept;

/// What `publishableKey` says; nullopt where it is empty. Throws `std::invalid_argument` when it is none.
std::optional<PublishableKey> readInstance(std::string_view publishableKey);

/// What `iss` of the instance's sessions may be; empty where nothing tells it. Throws `std::invalid_argument` when the
/// keys are of another instance.
std::vector<std::string> chooseIssuers(const AcceptedIssuers& given, const std::optional<PublishableKey>& instance,
                                       const KeySource::State& origin);

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
