#include "clerk/signed_check.hpp"

#include "clerk/signed_content.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

jwt::HeaderRules m2mHeader() {
  jwt::HeaderRules rules;
  rules.categories = {"cl_B7d4PD333AAA"};
  return rules;
}

jwt::HeaderRules oauthHeader() {
  jwt::HeaderRules rules;
  rules.types = {"at+jwt", "application/at+jwt"};
  rules.typeMayBeAbsent = false;
  rules.anyCategory = true;
  return rules;
}

}  // namespace

SignedCheck::SignedCheck() : m2m_(m2mHeader()), oauth_(oauthHeader()) {}

Result<MachineToken> SignedCheck::verify(TokenType type, std::string_view token, const SessionKeys& keys,
                                         const ClaimRules& rules, const SessionCircumstances& circumstances,
                                         Deadline deadline) const {
  const jwt::JwsVerifier& jws = type == TokenType::m2mToken ? m2m_ : oauth_;
  auto payload = jws.open(token, [&](const SessionKeys::KeyId& keyId) { return keys.find(keyId, deadline); });
  if (!payload) return payload.error();
  TokenContent content(*std::move(payload));
  if (auto problem = rules.read(content, circumstances)) return *std::move(problem);
  return readSignedToken(type, content);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
