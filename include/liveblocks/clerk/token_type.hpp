/// @file
/// The types of tokens that a request may contain, and which of them are accepted.
/// https://clerk.com/docs/guides/development/verifying-oauth-access-tokens
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The types of tokens.
enum class TokenType {
  sessionToken,  ///< The session of a user.
  apiKey,        ///< `ak_...`: a long-lived key of a user or an organization.
  m2mToken,      ///< `mt_...`, or a JWT whose `sub` is `mch_...`: a machine that calls another.
  oauthToken,    ///< `oat_...`, or a JWT of the type `at+jwt` (RFC 9068): a third-party application.
};

/// `session_token`, `api_key`, `m2m_token` or `oauth_token`: the names of Clerk's SDK.
LIVEBLOCKS_EXPORT std::string_view name(TokenType type) noexcept;

/// The types of tokens that authenticate a request. Immutable.
///
/// One type, a list of types and "any" differ as in Clerk's SDK: if one type of machine token is accepted, cookies are
/// ignored, and a token of another type is reported with the type that is accepted.
class LIVEBLOCKS_EXPORT AcceptedTokens {
 public:
  /// Accepts one type. Implicit, like the option of Clerk's SDK.
  AcceptedTokens(TokenType only = TokenType::sessionToken);
  /// Accepts any of these types; an empty list accepts nothing.
  AcceptedTokens(std::initializer_list<TokenType> types);
  /// Accepts any of these types; an empty list accepts nothing.
  explicit AcceptedTokens(std::vector<TokenType> types);
  /// Accepts all types.
  static AcceptedTokens any();

  /// Whether tokens of this type are accepted.
  bool accepts(TokenType type) const noexcept;
  /// The type, if it was passed alone; null for a list and for `any()`.
  const TokenType* only() const noexcept;
  /// Whether it is `any()`.
  bool isAny() const noexcept;

 private:
  enum class Form { one, list, any };

  AcceptedTokens(Form form, std::vector<TokenType> types);

  Form form_;
  std::vector<TokenType> types_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
