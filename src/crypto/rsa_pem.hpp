/// RSA public keys from PEM (RFC 7468), as people paste it into environment variables.
#pragma once

#include <memory>
#include <string_view>

#include "crypto/rsa_public_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

/// Reads "PUBLIC KEY" (RFC 5280 §4.1) or "RSA PUBLIC KEY" (RFC 8017 §A.1.1), or the bare body of either. Line ends may
/// be real, escaped (`\n`), spaces or missing; the body may be base64url. Around it may be what `pasted::clean()` takes
/// off.
///
/// `Errc::malformed` says what was given instead and never repeats any of it. Never prompts for a password.
Result<std::shared_ptr<const RsaPublicKey>> readRsaPublicKeyPem(std::string_view text);

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
