#include "call.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include <liveblocks/core/json.hpp>

#include "call_id.hpp"
#include "upstream.hpp"

namespace soak {
namespace {

using liveblocks::Json;
using liveblocks::testing::SessionTokenSpec;

constexpr std::size_t maxBody = std::size_t{64} << 10;
constexpr int knownUsers = 40;
constexpr int goneUsers = 3;
constexpr std::array<const char*, 12> tokenNames{"valid",        "retired",   "expired",     "not yet valid",
                                                 "forged",       "wrong key", "unknown key", "foreign party",
                                                 "wrong issuer", "none",      "garbage",     "unsigned"};
constexpr std::array<const char*, 8> contentNames{"own room",       "foreign room", "no room",   "pattern",
                                                  "room is number", "no JSON",      "too large", "GET"};

/// Changes the claims, not the signature.
std::string forge(std::string token) {
  const std::size_t payload = token.find('.') + 1;
  char& changed = token[payload + 20];
  changed = changed == 'A' ? 'B' : 'A';
  return token;
}

/// Without the header and the signature that a key has made.
std::string withoutSignature(const std::string& token) {
  const std::string header = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";  // {"alg":"none","typ":"JWT"}
  const std::size_t payload = token.find('.');
  return header + token.substr(payload, token.rfind('.') - payload) + ".";
}

}  // namespace

Call CallPlanner::next() {
  Call call;
  call.id = callId(ids_.next());
  call.token = anyToken();
  call.content = anyContent();
  call.userId = anyUser();
  call.request.method = call.content == Content::get ? "GET" : "POST";
  call.request.url = authPath;
  const std::string bearer = bearerOf(call);
  if (!bearer.empty()) call.request.headers.emplace_back("Authorization", "Bearer " + bearer);
  addBody(call);
  return call;
}

Token CallPlanner::anyToken() {
  if (dice_.percent(65)) return Token::valid;
  return static_cast<Token>(1 + dice_.below(tokenNames.size() - 1));
}

Content CallPlanner::anyContent() {
  if (dice_.percent(80)) return Content::ownRoom;
  return static_cast<Content>(1 + dice_.below(contentNames.size() - 1));
}

std::string CallPlanner::anyUser() {
  if (dice_.percent(4)) return goneUser + std::to_string(dice_.between(1, goneUsers));
  return "user_" + std::to_string(dice_.between(1, knownUsers));
}

std::string CallPlanner::bearerOf(Call& call) {
  if (call.token == Token::none) return {};
  if (call.token == Token::garbage) return std::string(static_cast<std::size_t>(dice_.between(1, 2000)), 'x');
  SessionTokenSpec spec;
  spec.userId = call.userId;
  spec.authorizedParty = call.token == Token::foreignParty ? "https://other.example.com" : origin;
  const auto now = std::chrono::system_clock::now();
  if (call.token == Token::expired) spec.issuedAt = now - std::chrono::seconds(120);
  if (call.token == Token::notYet) spec.issuedAt = now + std::chrono::seconds(60);
  if (call.token == Token::wrongIssuer) spec.claims = {{"iss", Json("https://clerk.other.example.com")}};
  std::optional<ClerkIssuer> issuer = call.token == Token::retired ? keys_.retired() : std::nullopt;
  if (!issuer) issuer = keys_.signing();
  call.keyId = issuer->keyId();
  if (call.token == Token::unknownKey) call.keyId = "ins_unknown_" + std::to_string(dice_.below(1000));
  if (call.token == Token::wrongKey || call.token == Token::unknownKey) {
    spec.header = {{"kid", Json(call.keyId)}};
    return keys_.rogue().sessionToken(spec);
  }
  const std::string token = issuer->sessionToken(spec);
  if (call.token == Token::forged) return forge(token);
  if (call.token == Token::unsigned_) return withoutSignature(token);
  return token;
}

void CallPlanner::addBody(Call& call) const {
  call.room =
      call.content == Content::foreignRoom ? ownRoomOf("user_of_nobody", call.id) : ownRoomOf(call.userId, call.id);
  std::string& body = call.request.body;
  switch (call.content) {
    case Content::noRoom:
      body = "{}";
      break;
    case Content::pattern:
      body = Json::object({{"room", call.userId + ":*"}}).text();
      break;
    case Content::roomIsNumber:
      body = R"({"room":7})";
      break;
    case Content::noJson:
      body = R"({"room":)";
      break;
    case Content::tooLarge:
      body = std::string(maxBody + 1, ' ');
      break;
    case Content::get:
      break;
    default:
      body = Json::object({{"room", call.room}}).text();
  }
}

std::string ownRoomOf(const std::string& userId, const std::string& callId) { return userId + ":" + callId; }

std::string describe(const Call& call) {
  return call.id + ": token " + tokenNames.at(static_cast<std::size_t>(call.token)) + " of key \"" + call.keyId +
         "\", " + contentNames.at(static_cast<std::size_t>(call.content)) + ", " + call.userId;
}

}  // namespace soak
