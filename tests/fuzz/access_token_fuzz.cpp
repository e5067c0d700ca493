#include <liveblocks/access_token.hpp>

#include <string>

#include <nlohmann/json.hpp>

#include "core/base64.hpp"
#include "core/text.hpp"
#include "fuzz_target.hpp"

using liveblocks::AccessToken;

namespace {

/// Whether a token says what an independent reader finds in its payload.
void checkAgainstTree(const AccessToken& token, const std::string& payload) {
  const auto tree = nlohmann::json::parse(payload);
  fuzzing::require(tree.at("k") == (token.kind == AccessToken::Kind::id ? "id" : "acc"));
  fuzzing::require(token.userId.empty() || tree.at("uid") == token.userId);
  fuzzing::require(token.userInfo.isNull() || nlohmann::json::parse(token.userInfo.text()) == tree.at("ui"));
  for (const auto& [pattern, permissions] : token.permissions) {
    const auto& scopes = tree.at("perms").at(pattern);
    fuzzing::require(permissions.size() <= scopes.size());
    for (const auto& scope : scopes) fuzzing::require(permissions.contains(scope.get<std::string>()));
  }
}

/// Without a base scope there is nothing, and nobody writes what they may not read.
void checkGrants(const AccessToken& token, const std::string& room) {
  const auto matrix = token.permissionsFor(room);
  if (!matrix || matrix->canRead()) return;
  fuzzing::require(*matrix == liveblocks::PermissionMatrix());
}

/// In the body of an answer the token is the same.
void checkBody(const std::string& token) {
  const std::string body = R"({"token":)" + liveblocks::Json(token).text() + "}";
  fuzzing::require(body.size() > AccessToken::maxBodySize || AccessToken::decodeUnverifiedBody(body));
}

std::string tokenOf(const std::string& payload) { return "e30." + liveblocks::base64url::encode(payload) + ".c2ln"; }

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string start = R"({"k":"acc","pid":"p","uid":"u","perms":)";
  return {start + R"({"a*":["*:write"],"ab":["storage:none"]},"ui":{"name":"\u00e9"},"iat":1,"exp":2.5,"jti":"j"})",
          start + R"({"*":["*:read","comments:write","comments:private:none"],"a*b*":["room:presence:write"]}})",
          R"({"k":"id","uid":"u","gids":["g"],"ui":null})", tokenOf(R"({"k":"acc","perms":{"r":["room:read"]}})")};
}

/// Whatever a token or its payload is, it is read as any other JSON reader would read it, or refused without being
/// repeated in the message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  for (const std::string& text : {input, tokenOf(input)}) {
    const auto token = AccessToken::decodeUnverified(text);
    if (!token) {
      fuzzing::require(token.error().message.size() < 512);
      continue;
    }
    checkGrants(*token, "ab");
    checkGrants(*token, input);
    if (liveblocks::utf8::isValid(text)) checkBody(text);
  }
  const auto token = AccessToken::decodeUnverified(tokenOf(input));
  if (token && nlohmann::json::accept(input)) checkAgainstTree(*token, input);
  return 0;
}
