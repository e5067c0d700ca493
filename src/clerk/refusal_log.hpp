/// What a guard tells the log about whom it turned away.
#pragma once

#include <string>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::guard {

/// One line: a page or not, the status of the answer, method and path, and why. Neither the query nor a header of the
/// request is in it.
std::string describeRefusal(const http::RequestView& request, bool isPage, int status, const RequestState& who);

/// Of somebody who is known and does not fulfil a requirement.
std::string describeRefusal(int status, const RequestState& who);

}  // namespace clerk::guard
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
