#include <liveblocks/clerk/token_type.hpp>

#include <algorithm>
#include <vector>

#include "catch.hpp"

using liveblocks::clerk::AcceptedTokens;
using liveblocks::clerk::TokenType;

namespace {

constexpr auto session = TokenType::sessionToken;
constexpr auto apiKey = TokenType::apiKey;
constexpr auto m2m = TokenType::m2mToken;
constexpr auto oauth = TokenType::oauthToken;

}  // namespace

TEST_CASE("kinds of tokens have the vendor's names") {
  CHECK(name(session) == "session_token");
  CHECK(name(apiKey) == "api_key");
  CHECK(name(m2m) == "m2m_token");
  CHECK(name(oauth) == "oauth_token");
  CHECK(name(static_cast<TokenType>(9)).empty());
}

TEST_CASE("tokens are accepted by kind") {
  const auto [accepted, kinds] = GENERATE(table<AcceptedTokens, std::vector<TokenType>>({
      {AcceptedTokens(), {session}},
      {apiKey, {apiKey}},
      {{session, oauth}, {session, oauth}},
      {AcceptedTokens(std::vector{m2m}), {m2m}},
      {AcceptedTokens(std::vector<TokenType>()), {}},
      {AcceptedTokens::any(), {session, apiKey, m2m, oauth}},
  }));
  for (const TokenType kind : {session, apiKey, m2m, oauth}) {
    CAPTURE(name(kind));
    CHECK(accepted.accepts(kind) == (std::count(kinds.begin(), kinds.end(), kind) == 1));
  }
}

TEST_CASE("one kind, a list of one and any kind are not the same") {
  const AcceptedTokens one = m2m;
  const AcceptedTokens list = {m2m};
  REQUIRE(one.only() != nullptr);
  CHECK(*one.only() == m2m);
  CHECK_FALSE(one.isAny());
  CHECK(list.only() == nullptr);
  CHECK_FALSE(list.isAny());
  CHECK(AcceptedTokens::any().only() == nullptr);
  CHECK(AcceptedTokens::any().isAny());
}
