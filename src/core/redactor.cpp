#include "core/redactor.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <liveblocks/core/json.hpp>

#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace redactor {
namespace {

constexpr std::string_view replacement = "…***";
/// The secret key of every Liveblocks dev server, which appears in its error messages.
constexpr std::string_view publicKey = "sk_localdev";
/// Longer than ordinary words.
constexpr std::size_t credentialLength = 16;

bool isBase64(char c) noexcept { return ascii::isKeyCharacter(c) || c == '+' || c == '/' || c == '='; }
bool isToken68(char c) noexcept { return isBase64(c) || c == '.' || c == '~'; }

/// Counts the characters at the front that satisfy `fits`.
std::size_t run(std::string_view text, bool (*fits)(char) noexcept) noexcept {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), fits) - text.begin());
}

bool isKeyCharacter(char c) noexcept { return ascii::isKeyCharacter(c); }

/// Whether `before` ends in the escape of a character, of JSON or of a URL.
bool endsInEscape(std::string_view before) noexcept {
  const auto holdsAt = [before](std::size_t back, char c) {
    return before.size() >= back && before[before.size() - back] == c;
  };
  return holdsAt(2, '\\') || (holdsAt(6, '\\') && holdsAt(5, 'u')) || holdsAt(3, '%');
}

bool beginsWord(std::string_view before) noexcept {
  return before.empty() || !ascii::isKeyCharacter(before.back()) || endsInEscape(before);
}

/// The lengths of the two parts of a credential.
struct Credential {
  std::size_t visible;
  std::size_t redacted;
};
using Found = std::optional<Credential>;

/// Short keys are used in tests.
Found secretKey(std::string_view text, bool wordBegins) noexcept {
  constexpr std::string_view prefix = "sk_";
  if (!ascii::startsWith(text, prefix)) return std::nullopt;
  const std::size_t length = run(text.substr(prefix.size()), isKeyCharacter);
  if (length < (wordBegins ? 1 : credentialLength)) return std::nullopt;
  if (text.substr(0, prefix.size() + length) == publicKey) return std::nullopt;
  return Credential{prefix.size(), length};
}

Found signingSecret(std::string_view text) noexcept {
  constexpr std::string_view prefix = "whsec_";
  if (!ascii::startsWith(text, prefix)) return std::nullopt;
  const std::size_t length = run(text.substr(prefix.size()), isBase64);
  if (length == 0) return std::nullopt;
  return Credential{prefix.size(), length};
}

Found machineToken(std::string_view text) noexcept {
  for (const std::string_view prefix : {"ak_", "mt_", "oat_"}) {
    if (!ascii::startsWith(text, prefix)) continue;
    const std::size_t length = run(text.substr(prefix.size()), isKeyCharacter);
    if (length >= credentialLength) return Credential{prefix.size(), length};
  }
  return std::nullopt;
}

/// A JWT begins with a JSON object in base64url, `{"`.
Found webToken(std::string_view text) noexcept {
  constexpr std::string_view prefix = "eyJ";
  if (!ascii::startsWith(text, prefix)) return std::nullopt;
  const std::size_t header = run(text, isKeyCharacter);
  if (header == text.size() || text[header] != '.') return std::nullopt;
  return Credential{prefix.size(), run(text, isToken68) - prefix.size()};
}

Found bearerToken(std::string_view text) noexcept {
  constexpr std::string_view scheme = "Bearer ";
  if (!ascii::equalsIgnoringCase(text.substr(0, scheme.size()), scheme)) return std::nullopt;
  const std::size_t length = run(text.substr(scheme.size()), isToken68);
  if (length < credentialLength) return std::nullopt;
  return Credential{scheme.size(), length};
}

Found knownSecret(std::string_view text, std::string_view known) noexcept {
  if (known.empty() || known == publicKey || !ascii::startsWith(text, known)) return std::nullopt;
  const std::size_t visible = std::min(known.find('_') + 1, known.size());
  return Credential{visible, known.size() - visible};
}

Found findCredential(std::string_view text, std::string_view before, std::string_view known) noexcept {
  const bool wordBegins = beginsWord(before);
  if (auto found = knownSecret(text, known)) return found;
  if (auto found = secretKey(text, wordBegins)) return found;
  if (auto found = signingSecret(text)) return found;
  if (!wordBegins) return std::nullopt;
  if (auto found = bearerToken(text)) return found;
  if (auto found = machineToken(text)) return found;
  return webToken(text);
}

/// The ASCII character that an escape at the front stands for, and the escape's length; nullopt for other escapes.
std::optional<std::pair<char, std::size_t>> readEscape(std::string_view text) noexcept {
  constexpr std::string_view letters = "bfnrt\"\\/";
  constexpr std::string_view characters = "\b\f\n\r\t\"\\/";
  constexpr std::size_t unicodeLength = 6;
  if (text.size() < 2 || text.front() != '\\') return std::nullopt;
  if (const std::size_t place = letters.find(text[1]); place != std::string_view::npos) {
    return std::pair(characters[place], std::size_t{2});
  }
  if (text.size() < unicodeLength || text.substr(1, 3) != "u00") return std::nullopt;
  const int high = ascii::hexDigit(text[4]);
  const int low = ascii::hexDigit(text[5]);
  if (high < 0 || high > 7 || low < 0) return std::nullopt;
  return std::pair(static_cast<char>(high * 16 + low), unicodeLength);
}

/// The content of a string of JSON, between quotes. What is no string keeps the escapes of other characters: a browser
/// takes half a surrogate pair.
std::string unescape(std::string_view quoted) {
  if (json::isStrict(quoted, 1)) return json::toString(quoted).value_or("");
  std::string plain;
  for (std::size_t at = 1; at < quoted.size();) {
    const auto escape = readEscape(quoted.substr(at));
    if (!escape && quoted[at] == '"') break;
    plain += escape ? escape->first : quoted[at];
    at += escape ? escape->second : 1;
  }
  return plain;
}

/// Redacts a string of a JSON text, with its quotes.
std::string redactString(std::string_view quoted, std::string_view known) {
  if (quoted.find('\\') == std::string_view::npos) return redact(quoted, known);
  const std::string plain = unescape(quoted);
  const std::string redacted = redact(plain, known);
  return redacted == plain ? std::string(quoted) : Json(utf8::replaceMalformed(redacted)).text();
}

/// Returns the position after the string that begins at `begin`; in a text that is not JSON that may be its end.
std::size_t endOfString(std::string_view text, std::size_t begin) noexcept {
  std::size_t at = begin + 1;
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

}  // namespace

std::string redact(std::string_view text, std::string_view known) {
  std::string result;
  std::size_t at = 0;
  while (at < text.size()) {
    const Found found = findCredential(text.substr(at), text.substr(0, at), known);
    if (!found) {
      result += text[at++];
      continue;
    }
    result.append(text.substr(at, found->visible)).append(replacement);
    at += found->visible + found->redacted;
  }
  return result;
}

// A body need not be JSON, and JSON need not be strict: a browser takes an object that names a member twice, and any
// depth.

std::string redactBody(std::string_view body, std::string_view known) {
  if (body.find('\\') == std::string_view::npos) return redact(body, known);
  std::string result;
  std::size_t at = 0;
  for (std::size_t quote = body.find('"'); quote != std::string_view::npos; quote = body.find('"', at)) {
    const std::size_t end = endOfString(body, quote);
    result += redact(body.substr(at, quote - at), known);
    result += redactString(body.substr(quote, end - quote), known);
    at = end;
  }
  return result += redact(body.substr(at), known);
}

bool repeatsSecret(std::string_view body, std::string_view known) {
  if (known.empty() || known == publicKey) return false;
  if (body.find(known) != std::string_view::npos) return true;
  if (body.find('\\') == std::string_view::npos) return false;
  for (std::size_t quote = body.find('"'); quote != std::string_view::npos;) {
    const std::size_t end = endOfString(body, quote);
    if (unescape(body.substr(quote, end - quote)).find(known) != std::string::npos) return true;
    quote = body.find('"', end);
  }
  return false;
}

std::string shown(std::string_view text, std::size_t maxBytes) { return utf8::printable(redact(text), maxBytes); }

}  // namespace redactor
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
