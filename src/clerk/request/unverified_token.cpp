#include "clerk/request/unverified_token.hpp"

#include <utility>

#include "clerk/machine_token.hpp"
#include "clerk/session_verifier.hpp"
#include "core/base64.hpp"
#include "core/json_members.hpp"
#include "core/text.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

/// As in ECMAScript.
bool isFalsy(std::string_view json) noexcept {
  if (json.empty() || json == "null" || json == "false" || json == "\"\"") return true;
  const bool isNumber = ascii::isDigit(json.front()) || json.front() == '-';
  return isNumber && json.substr(0, json.find_first_of("eE")).find_first_of("123456789") == std::string_view::npos;
}

}  // namespace

UnverifiedToken::UnverifiedToken(std::string header, std::string payload, bool isSigned)
    : header_(std::move(header)), claims_(std::move(payload)), isSigned_(isSigned) {}

std::unique_ptr<const UnverifiedToken> UnverifiedToken::read(std::string_view token) {
  const auto parts = jwt::splitCompactJws(token);
  if (!parts || !base64url::decode(parts->signature)) return nullptr;
  auto header = jwt::decodeJsonPart(parts->header, "header");
  auto payload = jwt::decodeJsonPart(parts->payload, "payload");
  if (!header || !payload) return nullptr;
  const bool isSigned = !parts->signature.empty();
  return std::unique_ptr<const UnverifiedToken>(new UnverifiedToken(*std::move(header), *std::move(payload), isSigned));
}

std::unique_ptr<const UnverifiedToken> UnverifiedToken::readPayload(std::string_view token) {
  const auto parts = jwt::splitCompactJws(token);
  auto payload = parts ? jwt::decodeJsonPart(parts->payload, "payload") : parts.error();
  if (!payload) return nullptr;
  return std::unique_ptr<const UnverifiedToken>(new UnverifiedToken("{}", *std::move(payload), false));
}

bool UnverifiedToken::namesIssuer() const { return !isFalsy(claims_.find("iss")); }

std::string UnverifiedToken::issuer() const { return json::toString(claims_.find("iss")).value_or(""); }

std::optional<std::int64_t> UnverifiedToken::issuedAt() const {
  const std::string_view claim = claims_.find("iat");
  if (claim.empty()) return std::nullopt;
  if (isFalsy(claim)) return 0;
  const std::string number = json::toString(claim).value_or(std::string(claim));
  return json::toInteger(number.substr(0, number.find('.')));
}

std::optional<std::int64_t> UnverifiedToken::integerClaim(std::string_view name) const {
  return json::toInteger(claims_.find(name));
}

std::optional<TokenType> UnverifiedToken::machineType() const {
  if (!isSigned_) return std::nullopt;
  if (ascii::startsWith(json::toString(claims_.find("sub")).value_or(""), machineSubjectPrefix)) {
    return TokenType::m2mToken;
  }
  const auto type = json::toString(header_.find("typ"));
  if (type == "at+jwt" || type == "application/at+jwt") return TokenType::oauthToken;
  return std::nullopt;
}

bool UnverifiedToken::isOfForeignCategory() const {
  const std::string_view category = header_.find("cat");
  return !category.empty() && !isSessionCategory(json::toString(category).value_or(""));
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
