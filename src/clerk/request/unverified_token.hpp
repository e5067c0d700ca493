/// Reads tokens without verifying them, to choose between tokens and to explain why one is rejected. Never trust them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/token_type.hpp>

#include "jwt/claims.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

class UnverifiedToken {
 public:
  /// Null unless it is a compact JWS whose header and payload are strict JSON objects.
  static std::unique_ptr<const UnverifiedToken> read(std::string_view token);
  /// Reads the payload alone: header and signature may be anything.
  static std::unique_ptr<const UnverifiedToken> readPayload(std::string_view token);

  /// @{
  /// `iss`: whether Clerk's SDK regards it as present, and its value; empty if it is not a string.
  bool namesIssuer() const;
  std::string issuer() const;
  /// @}
  /// `iat` as ECMAScript compares it with numbers, truncated to seconds; nullopt if it is absent or not a number.
  std::optional<std::int64_t> issuedAt() const;
  std::optional<std::int64_t> integerClaim(std::string_view name) const;

  /// The type of a machine token: M2M by its subject, OAuth by its `typ` (RFC 9068 §2.1); nullopt for other tokens.
  std::optional<TokenType> machineType() const;
  /// Whether `cat` is present and not a category of session tokens.
  bool isOfForeignCategory() const;

 private:
  UnverifiedToken(std::string header, std::string payload, bool isSigned);

  const jwt::Claims header_;
  const jwt::Claims claims_;
  const bool isSigned_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
