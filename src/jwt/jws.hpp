/// Verification of compact JWS (RFC 7515).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/result.hpp>

#include "core/published.hpp"
#include "crypto/rsa_public_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

/// A longer token is refused before anything in it is looked at.
constexpr std::size_t maxTokenSize = std::size_t{16} << 10;

/// The parts of a token, still encoded. Borrows the token.
struct CompactJws {
  std::string_view header;
  std::string_view payload;
  /// May be empty, so that an unsigned token is refused for its algorithm or its signature.
  std::string_view signature;
  /// What was signed: header, dot, payload.
  std::string_view signingInput;
};

/// `Errc::tokenTooLarge`, or `Errc::malformed` when it does not consist of three parts.
Result<CompactJws> splitCompactJws(std::string_view token);

/// Nested containers, the object itself counted.
constexpr int maxDepth = 16;

/// The JSON text; `json::members()` may look into it. `Errc::badEncoding` or `Errc::badJson` naming `part`.
Result<std::string> decodeJsonPart(std::string_view base64, const char* part);

constexpr std::size_t maxHeaderSize = std::size_t{4} << 10;
constexpr std::size_t maxKeyIdSize = 256;

struct Header {
  /// As it stands in the token, still encoded.
  std::string encoded;
  std::optional<std::string> keyId;
};

/// What tells one kind of token from another.
struct HeaderRules {
  /// The values of `cat`, a parameter of Clerk's, beside its absence.
  std::vector<std::string> categories;
  /// The values of `typ`.
  std::vector<std::string> types{"JWT"};
  bool typeMayBeAbsent = true;
  /// `cat` is ignored.
  bool anyCategory = false;
};

/// Decodes a header and applies the rules, and these: `alg` is `RS256`; neither `crit` nor `b64` is there; `kid`, if
/// present, is a string. Parameters that bring keys along (`jku`, `jwk`, `x5u`, `x5c`) are never read.
Result<Header> readHeader(std::string_view encoded, const HeaderRules& rules);

/// The key that a header's `kid` names.
using FindKey =
    std::function<Result<std::shared_ptr<const crypto::RsaPublicKey>>(const std::optional<std::string>& keyId)>;

/// Judges header and signature. Thread-safe.
class JwsVerifier {
 public:
  explicit JwsVerifier(HeaderRules rules) : rules_(std::move(rules)) {}
  /// Of plain JWTs of these categories.
  explicit JwsVerifier(std::vector<std::string> categories) : rules_{std::move(categories)} {}

  /// The payload's JSON text, an object, whose signature was checked before it was looked at. A key is looked for only
  /// once the header is found to be in order.
  Result<std::string> verifySignature(std::string_view token, const FindKey& findKey) const;

 private:
  using HeaderPointer = std::shared_ptr<const Header>;

  /// Null if another one was accepted last.
  HeaderPointer findAccepted(std::string_view encoded) const;
  void accept(HeaderPointer header) const noexcept;

  HeaderRules rules_;
  /// The tokens of one instance mostly have the same header: comparing it costs less than reading it.
  mutable liveblocks::detail::Published<HeaderPointer> lastAccepted_;
  /// Of the one who replaces it.
  mutable std::mutex mutex_;
};

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
