/// Sessions shared between the domains of one instance: a primary domain and its satellites.
/// https://clerk.com/docs/guides/dashboard/dns-domains/satellite-domains
#pragma once

#include <optional>

#include "clerk/request/context.hpp"
#include "clerk/request/result.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// The state on a satellite that does not know yet whether the visitor is signed in; nullopt if the cookies decide.
std::optional<RequestState> syncSatellite(const RequestContext& context);

/// The state on the primary domain of a development instance if a satellite has redirected the visitor: a redirect back
/// to it. nullopt for other requests.
std::optional<RequestState> returnToSatellite(const RequestContext& context);

/// Whether a signed-in visitor comes to the primary domain from another origin, which may be a satellite with newer
/// cookies.
bool needsCrossOriginSync(const RequestContext& context);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
