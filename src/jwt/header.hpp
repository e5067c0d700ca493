/// The JOSE header of a token and what it may say (RFC 7515 §4, RFC 8725).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

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
  /// `cat` is not looked at.
  bool anyCategory = false;
};

/// Decodes a header and applies the rules, and these: `alg` is `RS256`; neither `crit` nor `b64` is there; `kid`, if
/// present, is a string. Parameters that bring keys along (`jku`, `jwk`, `x5u`, `x5c`) are never read.
Result<Header> readHeader(std::string_view encoded, const HeaderRules& rules);

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
