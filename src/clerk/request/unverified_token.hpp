/// A token before anyone has verified it: good for choosing and for explaining, never for believing.
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
namespace clerk {

class UnverifiedToken {
 public:
  /// Null unless it is a compact JWS whose header and payload are strict JSON objects.
  static std::unique_ptr<const UnverifiedToken> read(std::string_view token);

  /// @{
  /// `iss`: whether it is there, as Clerk's SDK sees it; and its text, empty when it is none.
  bool namesIssuer() const;
  std::string issuer() const;
  /// @}
  /// `iat` as ECMAScript compares it with numbers, cut to whole seconds; nullopt when it is absent or no number.
  std::optional<std::int64_t> issuedAt() const;
  std::optional<std::int64_t> integerClaim(std::string_view name) const;

  /// A JWT of Clerk's that is no session: M2M by its subject, OAuth by its `typ` (RFC 9068 §2.1); nullopt for the rest.
  std::optional<TokenType> machineType() const;
  /// `cat` is there and not one that sessions have.
  bool isOfForeignCategory() const;

 private:
  UnverifiedToken(std::string header, std::string payload, bool isSigned);

  const jwt::Claims header_;
  const jwt::Claims claims_;
  const bool isSigned_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
