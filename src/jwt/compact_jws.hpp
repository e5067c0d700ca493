/// The compact serialization of a JWS (RFC 7515 §7.1).
#pragma once

#include <cstddef>
#include <string_view>

#include <liveblocks/core/result.hpp>

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

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
