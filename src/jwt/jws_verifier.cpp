#include "jwt/jws_verifier.hpp"

#include <array>
#include <utility>

#include "core/base64url.hpp"
#include "jwt/compact_jws.hpp"
#include "jwt/json_part.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {
namespace {

using Verdict = crypto::RsaPublicKey::Verdict;

Error badSignature() { return {Errc::badSignature, "the token's signature does not verify"}; }

std::optional<Error> problemOfSignature(const CompactJws& jws, const crypto::RsaPublicKey& key) {
  std::array<char, crypto::maxRsaBits / 8> buffer{};
  const std::size_t size = base64url::decodedSize(jws.signature.size());
  if (size > buffer.size()) return badSignature();
  if (!base64url::decodeTo(jws.signature, buffer.data())) {
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

Result<std::string> JwsVerifier::open(std::string_view token, const FindKey& findKey) const {
  const Result<CompactJws> jws = splitCompactJws(token);
  if (!jws) return jws.error();
  HeaderPointer header = lastAccepted();
  const bool known = header != nullptr && header->encoded == jws->header;
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

JwsVerifier::HeaderPointer JwsVerifier::lastAccepted() const {
  const std::lock_guard lock(mutex_);
  return lastAccepted_;
}

void JwsVerifier::accept(HeaderPointer header) const {
  const std::lock_guard lock(mutex_);
  lastAccepted_.swap(header);
}

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
