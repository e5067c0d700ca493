/// The part of a token request's signature that neither reads a clock nor makes a nonce.
#pragma once

#include <chrono>
#include <string>

#include <liveblocks/ably/token_request_signer.hpp>

#include "ably/api_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// The nonce is of 16 characters or more, none of them a control character.
Result<TokenRequest> signTokenRequest(const ApiKey& key, const TokenParams& params, std::chrono::milliseconds timestamp,
                                      std::string nonce);

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
