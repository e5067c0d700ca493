/// Why a token is refused, as Clerk's SDK says it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "clerk/request/answers.hpp"
#include "clerk/request/context.hpp"
#include "clerk/request/session_verdict.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Of a verdict that refuses.
Refusal refusalOf(const SessionVerdict& verdict, const RequestContext& context, SessionToken::Carrier carrier);

/// Why a token that can be read is refused, in the words of Clerk's SDK; where those repeat what stands in the token,
/// in our own.
std::string explain(const Error& error, const UnverifiedToken& token, std::chrono::system_clock::time_point now);

/// Whether the message of an error with that code repeats claims of a token: it is for the log, not for headers.
bool quotesClaims(Errc code) noexcept;

/// The word of Clerk's SDK for what is wrong with a token.
std::string_view tokenReason(Errc code) noexcept;

/// @{
/// Of a token that is of a kind that is not accepted.
Error otherKind();
Refusal typeMismatch();
/// @}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
