/// @file
/// The kinds of tokens a request may carry, and which of them are welcome.
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

/// What a token stands for.
enum class TokenType {
  sessionToken,  ///< A user who is signed in.
  apiKey,        ///< `ak_...`: a user's or an organization's long-lived key.
  m2mToken,      ///< `mt_...`, or a JWT whose `sub` is `mch_...`: one machine that talks to another.
  oauthToken,    ///< `oat_...`, or a JWT of the type `at+jwt` (RFC 9068): a third-party application.
};

/// `session_token`, `api_key`, `m2m_token` or `oauth_token`, as Clerk's SDK writes it.
LIVEBLOCKS_EXPORT std::string_view name(TokenType type) noexcept;

/// Which kinds of tokens a request is authenticated by. Immutable.
///
/// One kind, a list of kinds and "any" differ as in Clerk's SDK: with one kind of machine token cookies are never
/// looked at, and a token of another kind is reported under the kind that was asked for.
class LIVEBLOCKS_EXPORT AcceptedTokens {
 public:
  /// That one only. Implicit, as the vendor's option is.
  AcceptedTokens(TokenType only = TokenType::sessionToken);
  /// Any of these; an empty list accepts nothing.
  AcceptedTokens(std::initializer_list<TokenType> types);
  /// Any of these; an empty list accepts nothing.
  explicit AcceptedTokens(std::vector<TokenType> types);
  /// All there are.
  static AcceptedTokens any();

  /// Whether tokens of this type are accepted.
  bool accepts(TokenType type) const noexcept;
  /// The one kind, where only one was named; null for a list and for `any()`.
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
