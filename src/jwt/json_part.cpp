#include "jwt/json_part.hpp"

#include <utility>

#include "core/base64url.hpp"
#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {
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

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
