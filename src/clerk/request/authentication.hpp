/// The authentication of a request: one tree of conditions.
#pragma once

#include <string_view>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/core/version.hpp>

#include "clerk/request/context.hpp"
#include "clerk/request_state.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// For the log.
constexpr std::string_view notAuthenticated = "a request could not be authenticated";

/// All that may take waiting and all effects are those of the context's resources: nothing else here waits, and nothing
/// but them is changed. Throws nothing but `std::bad_alloc`. Other exceptions are logged. The outcome becomes an event.
RequestState authenticate(const RequestContext& context);

/// The event of an outcome.
Events::Verification verificationOf(const RequestState& state) noexcept;

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
