#include "jwt/jws.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base64.hpp"
#include "core/json_members.hpp"
#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

Result<CompactJws> splitCompactJws(std::string_view token) {
  constexpr std::size_t npos = std::string_view::npos;
  if (token.empty()) return Error{Errc::malformed, "the token is empty"};
  if (token.size() > maxTokenSize) return Error{Errc::tokenTooLarge, "the token is larger than 16 KiB"};
  const std::size_t first = token.find('.');
  const std::size_t second = first == npos ? npos : token.find('.', first + 1);
  if (second == npos || token.find('.', second + 1) != npos || first == 0 || second == first + 1) {
    return Error{Errc::malformed, "the token does not consist of three parts"};
  }
  return CompactJws{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
                    token.substr(0, second)};
}

namespace {

Error refuse(Errc code, const char* part, const char* problem) {
  return {code, std::string("the token's ").append(part).append(problem)};
}

/// Of valid JSON text.
bool isObject(std::string_view text) { return text[text.find_first_not_of(" \t\r\n")] == '{'; }

}  // namespace

Result<std::string> decodeJsonPart(std::string_view base64, const char* part) {
  std::optional<std::string> text = base64url::decode(base64);
  if (!text) return refuse(Errc::badEncoding, part, " is not canonical base64url");
  if (!json::isStrict(*text, maxDepth) || !isObject(*text)) {
    return refuse(Errc::badJson, part, " is not one strict JSON object");
  }
  return *std::move(text);
}

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
  if (base64::decodedSize(encoded.size()) > maxHeaderSize) {
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

namespace {

using Verdict = crypto::RsaPublicKey::Verdict;

Error badSignature() { return {Errc::badSignature, "the token's signature does not verify"}; }

std::optional<Error> problemOfSignature(const CompactJws& jws, const crypto::RsaPublicKey& key) {
  std::array<char, crypto::maxRsaBits / 8> buffer{};
  const std::size_t size = base64::decodedSize(jws.signature.size());
  if (size > buffer.size()) return badSignature();
  if (!base64::decodeTo(jws.signature, buffer.data())) {
    return Error{Errc::badEncoding, "the token's signature is not canonical base64url"};
  }
  switch (key.verify(jws.signingInput, {buffer.data(), size})) {
    case Verdict::valid:
      return std::nullopt;
    case Verdict::invalid:
      return badSignature();
    case Verdict::failed:
      break;
  }
  return Error{Errc::internal, "OpenSSL could not verify a signature"};
}

}  // namespace

Result<std::string> JwsVerifier::verifySignature(std::string_view token, const FindKey& findKey) const {
  const Result<CompactJws> jws = splitCompactJws(token);
  if (!jws) return jws.error();
  HeaderPointer header = findAccepted(jws->header);
  const bool known = header != nullptr;
  if (!known) {
    Result<Header> fresh = readHeader(jws->header, rules_);
    if (!fresh) return fresh.error();
    header = std::make_shared<const Header>(*std::move(fresh));
  }
  const auto key = findKey(header->keyId);
  if (!key) return key.error();
  if (const auto problem = problemOfSignature(*jws, **key)) return *problem;
  if (!known) accept(std::move(header));
  return decodeJsonPart(jws->payload, "payload");
}

JwsVerifier::HeaderPointer JwsVerifier::findAccepted(std::string_view encoded) const {
  return lastAccepted_.read(
      [encoded](const HeaderPointer& last) { return last != nullptr && last->encoded == encoded ? last : nullptr; });
}

void JwsVerifier::accept(HeaderPointer header) const noexcept {
  // It only saves time, so nobody waits: if another header is just being accepted, or the one before the last is still
  // being compared, this one is not remembered.
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (lock) lastAccepted_.tryPublish(header);
}

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
