/// What a guard answers.
#pragma once

#include <string>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::guard {

/// @{
/// None may be stored. The headers of `who` are part of all of them.
http::Response redirectTo(std::string url, const RequestState& who);
http::Response unauthenticated(const RequestState& who);
http::Response forbidden(const RequestState& who);
http::Response notFound(const RequestState& who);
http::Response unavailable(const RequestState& who);
/// @}

/// `response`, which must not be stored.
http::Response withoutStoring(http::Response response);

}  // namespace clerk::guard
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
