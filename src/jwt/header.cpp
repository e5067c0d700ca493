#include "jwt/header.hpp"

#include <algorithm>
#include <utility>

#include "core/base64url.hpp"
#include "core/members.hpp"
#include "jwt/json_part.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {
namespace {

/// The values of the parameters that are read, as JSON text; absent ones are empty.
struct Parameters {
  explicit Parameters(const std::vector<json::Member>& members)
      : alg(json::findMember(members, "alg")),
        typ(json::findMember(members, "typ")),
        crit(json::findMember(members, "crit")),
        b64(json::findMember(members, "b64")),
        kid(json::findMember(members, "kid")),
        cat(json::findMember(members, "cat")) {}

  std::string_view alg, typ, crit, b64, kid, cat;
};

bool isOneOf(std::string_view value, const std::vector<std::string>& accepted) {
  const auto text = json::toString(value);
  return text && std::find(accepted.begin(), accepted.end(), *text) != accepted.end();
}

std::optional<Error> problemOf(const Parameters& header, const HeaderRules& rules) {
  const bool hasType = header.typ.empty() ? rules.typeMayBeAbsent : isOneOf(header.typ, rules.types);
  if (!hasType) return Error{Errc::wrongType, "the token is of another type"};
  if (json::toString(header.alg) != "RS256") {
    return Error{Errc::unsupportedAlgorithm, "the token is not signed with RS256"};
  }
  if (!header.crit.empty() || !header.b64.empty()) {
    return Error{Errc::criticalHeader, "the token's header asks for an extension"};
  }
  const bool hasCategory = header.cat.empty() || rules.anyCategory || isOneOf(header.cat, rules.categories);
  if (!hasCategory) {
    return Error{Errc::wrongCategory, "the token is of another category"};
  }
  return std::nullopt;
}

}  // namespace

Result<Header> readHeader(std::string_view encoded, const HeaderRules& rules) {
  if (base64url::decodedSize(encoded.size()) > maxHeaderSize) {
    return Error{Errc::malformed, "the token's header is larger than 4 KiB"};
  }
  const Result<std::string> text = decodeJsonPart(encoded, "header");
  if (!text) return text.error();
  const Parameters parameters(json::members(*text));
  if (const auto problem = problemOf(parameters, rules)) return *problem;
  Header header{std::string(encoded), json::toString(parameters.kid)};
  if (!parameters.kid.empty() && (!header.keyId || header.keyId->size() > maxKeyIdSize)) {
    return Error{Errc::malformed, "the token's key id is not a string of at most 256 bytes"};
  }
  return header;
}

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
