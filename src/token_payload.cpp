#include "token_payload.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <liveblocks/access_token.hpp>
#include <liveblocks/core/json.hpp>

#include "core/base64url.hpp"
#include "core/members.hpp"
#include "core/strict_json.hpp"
#include "core/utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// Nothing when there are not exactly three parts.
std::optional<std::string_view> middlePart(std::string_view token) noexcept {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == last) return std::nullopt;
  const std::string_view middle = token.substr(first + 1, last - first - 1);
  if (middle.find('.') != std::string_view::npos) return std::nullopt;
  return middle;
}

bool isBase64Space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

/// base64 in either alphabet, with or without padding, as forgiving as a browser's `atob()`
/// (https://infra.spec.whatwg.org/#forgiving-base64-decode).
std::optional<std::string> decodeForgivingly(std::string_view text) {
  std::string digits;
  digits.reserve(text.size() + 3);
  for (const char c : text) {
    if (!isBase64Space(c)) digits += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  if (digits.size() % 4 == 0) {
    for (int padding = 0; padding < 2 && !digits.empty() && digits.back() == '='; ++padding) digits.pop_back();
  }
  if (digits.size() % 4 == 1) return std::nullopt;
  const std::size_t size = base64url::decodedSize(digits.size());
  // Complete quads have no unused bits, which would have to be zero.
  digits.resize((digits.size() + 3) / 4 * 4, 'A');
  std::optional<std::string> bytes = base64url::decode(digits);
  if (bytes) bytes->resize(size);
  return bytes;
}

std::string latin1ToUtf8(std::string_view bytes) {
  constexpr unsigned lastAscii = 0x7F;
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > lastAscii) text += static_cast<char>(0xC0U | byte >> 6U);
    text += byte > lastAscii ? static_cast<char>(0x80U | (byte & 0x3FU)) : c;
  }
  return text;
}

bool isStrictObject(std::string_view text) {
  return json::isStrict(text, Json::maxDepth) && text[text.find_first_not_of(" \t\r\n")] == '{';
}

}  // namespace

Result<std::string> readTokenPayload(std::string_view token) {
  if (token.size() > AccessToken::maxSize) return Error{Errc::tokenTooLarge, "the token is larger than 64 KiB"};
  const std::optional<std::string_view> encoded = middlePart(token);
  if (!encoded) return Error{Errc::malformed, "the token does not consist of three parts"};
  std::optional<std::string> payload = decodeForgivingly(*encoded);
  if (!payload) return Error{Errc::badEncoding, "the token's payload is not base64url"};
  if (!utf8::isValid(*payload)) payload = latin1ToUtf8(*payload);
  if (!isStrictObject(*payload)) return Error{Errc::badJson, "the token's payload is not one strict JSON object"};
  return *std::move(payload);
}

Result<std::string> readTokenBody(std::string_view body) {
  if (body.size() > AccessToken::maxBodySize) return Error{Errc::tokenTooLarge, "the answer is larger than 128 KiB"};
  if (!isStrictObject(body)) return Error{Errc::badJson, "the answer is not one strict JSON object"};
  std::optional<std::string> token = json::toString(json::findMember(json::members(body), "token"));
  if (!token) return Error{Errc::malformed, "the answer holds no token"};
  return *std::move(token);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
