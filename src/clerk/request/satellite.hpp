/// Sessions shared between the domains of one instance: a primary domain and its satellites.
/// https://clerk.com/docs/guides/dashboard/dns-domains/satellite-domains
#pragma once

#include <optional>

#include "clerk/request/context.hpp"
#include "clerk/request/result.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

/// On a satellite that does not know yet whether the visitor is signed in. nullopt: its cookies decide.
std::optional<RequestState> syncSatellite(const RequestContext& context);

/// On the primary of a development instance, where a satellite has sent the visitor: back again. nullopt: it has not.
std::optional<RequestState> answerSatellite(const RequestContext& context);

/// On a primary that a signed-in visitor enters from a foreign page, which may be a satellite that knows better.
bool needsCrossOriginSync(const RequestContext& context);

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
