/// What a call of an endpoint says, checked and encoded.
#pragma once

#include <string>

#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// The name of a call in messages, such as `GET /v2/rooms/{roomId}`: without its parameters, which may be about users.
std::string nameOf(const ApiCall& call);

/// Checks the whole call and returns the path with its query, encoded. `Errc::invalidRequest` for an invalid call; the
/// message names what is invalid. The problem of a call that has one is the error.
Result<std::string> targetOf(const ApiCall& call);

/// Gives the request the body of the call, if there is one, with its content type.
void setBody(const ApiCall& call, Request& request);

/// `ApiRepeat::byMethod` resolved.
ApiRepeat repeatOf(const ApiCall& call) noexcept;

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
