#include <liveblocks/clerk/token_type.hpp>

#include <algorithm>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

std::string_view name(TokenType type) noexcept {
  switch (type) {
    case TokenType::sessionToken:
      return "session_token";
    case TokenType::apiKey:
      return "api_key";
    case TokenType::m2mToken:
      return "m2m_token";
    case TokenType::oauthToken:
      return "oauth_token";
  }
  return {};
}

AcceptedTokens::AcceptedTokens(Form form, std::vector<TokenType> types) : form_(form), types_(std::move(types)) {}

AcceptedTokens::AcceptedTokens(TokenType only) : AcceptedTokens(Form::one, std::vector{only}) {}

AcceptedTokens::AcceptedTokens(std::initializer_list<TokenType> types)
    : AcceptedTokens(Form::list, std::vector<TokenType>(types)) {}

AcceptedTokens::AcceptedTokens(std::vector<TokenType> types) : AcceptedTokens(Form::list, std::move(types)) {}

AcceptedTokens AcceptedTokens::any() { return {Form::any, {}}; }

bool AcceptedTokens::accepts(TokenType type) const noexcept {
  return isAny() || std::find(types_.begin(), types_.end(), type) != types_.end();
}

const TokenType* AcceptedTokens::only() const noexcept { return form_ == Form::one ? types_.data() : nullptr; }

bool AcceptedTokens::isAny() const noexcept { return form_ == Form::any; }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
