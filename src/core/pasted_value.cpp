#include "core/pasted_value.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace pasted {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 6> quotes{{{"\"", "\""},
                                      {"'", "'"},
                                      {"`", "`"},
                                      {"\xE2\x80\x9C", "\xE2\x80\x9D"},
                                      {"\xE2\x80\x98", "\xE2\x80\x99"},
                                      {"\xE2\x80\x9E", "\xE2\x80\x9C"}}};

/// U+200B to U+200D, U+2060: they come along when text is copied from a page.
constexpr std::array<std::string_view, 4> invisible{"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x81\xA0"};

constexpr std::size_t maxNameSize = 64;

std::string_view trim(std::string_view text) noexcept {
  for (std::size_t size = text.size() + 1; text.size() < size;) {
    size = text.size();
    text = utf8::trim(text);
    for (const std::string_view mark : invisible) {
      if (ascii::startsWith(text, mark)) text.remove_prefix(mark.size());
      if (ascii::endsWith(text, mark)) text.remove_suffix(mark.size());
    }
  }
  return text;
}

/// Also that there is no such quote within: `"a","b"` is a list of two.
bool isQuoted(std::string_view text, const Pair& pair) noexcept {
  if (!ascii::startsWith(text, pair.first)) return false;
  const std::size_t end = text.find(pair.second, pair.first.size());
  return end != std::string_view::npos && end + pair.second.size() == text.size();
}

bool hasQuote(std::string_view text) noexcept {
  return std::any_of(quotes.begin(), quotes.end(), [&](const Pair& pair) {
    return ascii::startsWith(text, pair.first) || ascii::endsWith(text, pair.second);
  });
}

bool isNameCharacter(char c) noexcept { return ascii::isAlnum(c) || c == '_'; }

/// The identifier that `text` begins with; empty when there is none, and when it is too long for the name of a
/// variable.
std::string_view nameOf(std::string_view text) noexcept {
  std::size_t size = 0;
  while (size < text.size() && isNameCharacter(text[size])) ++size;
  const std::string_view name = text.substr(0, size);
  return name.empty() || ascii::isDigit(name.front()) || name.size() > maxNameSize ? std::string_view() : name;
}

std::string_view commandInFront(std::string_view text) noexcept {
  for (const std::string_view command : {"export ", "set ", "$env:"}) {
    if (ascii::startsWith(text, command)) return command;
  }
  return {};
}

/// What stands in front of a value in files and commands.
struct Front {
  std::string_view command;
  std::string_view name;
  char separator;
};

/// `NAME=` or `NAME: ` in front of something. A lone `=` may be the padding of base64.
std::optional<Front> frontOf(std::string_view text) noexcept {
  const std::string_view command = commandInFront(text);
  text = ascii::trim(text.substr(command.size()));
  const std::string_view name = nameOf(text);
  const std::string_view rest = ascii::trim(text.substr(name.size()));
  if (name.empty() || rest.size() < 2) return std::nullopt;
  const bool isAssigned = rest[0] == '=' && rest.find_first_not_of("= ") != std::string_view::npos;
  const bool isMapped = rest[0] == ':' && ascii::isSpace(rest[1]);
  if (!isAssigned && !isMapped) return std::nullopt;
  return Front{command, name, rest[0]};
}

/// Variables are named so. Anything else may be a part of the value, and is not shown.
bool isVariable(std::string_view name) noexcept {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string shown(const Front& front) {
  if (!isVariable(front.name)) return "the name of something";
  return '"' + std::string(front.command).append(front.name) + front.separator + '"';
}

/// `$NAME`, `${NAME}`, `%NAME%`, `{{ name }}`
bool isReference(std::string_view text) noexcept {
  if (ascii::startsWith(text, "${") || ascii::startsWith(text, "{{")) return true;
  if (text.size() < 2) return false;
  const std::string_view rest = text.substr(1);
  if (text.front() == '$') return nameOf(rest) == rest;
  return text.front() == '%' && rest.back() == '%' && nameOf(rest).size() + 1 == rest.size();
}

/// What stands for a value in documentation: it ends in dots, or in a row of X.
bool isPlaceholder(std::string_view text) noexcept {
  constexpr std::size_t row = 4;
  if (ascii::endsWith(text, "...") || ascii::endsWith(text, "\xE2\x80\xA6")) return true;
  const std::size_t other = text.find_last_not_of(text.empty() || text.back() != 'x' ? 'X' : 'x');
  const std::size_t start = other == std::string_view::npos ? 0 : other + 1;
  return text.size() - start >= row && (start == 0 || text[other] == '_');
}

/// What a key begins with, and nothing behind it.
bool isPrefixAlone(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 15> prefixes{"sk_", "sk_dev_", "sk_prod_",   "sk_test_", "sk_live_",
                                                      "pk_", "pk_dev_", "pk_prod_",   "pk_test_", "pk_live_",
                                                      "ak_", "whsec_",  "polar_whs_", "test_",    "live_"};
  return std::find(prefixes.begin(), prefixes.end(), text) != prefixes.end();
}

struct Kind {
  std::string_view prefix;
  const char* description;
};

/// The first that fits counts.
constexpr std::array<Kind, 27> kinds{{
    {"-----BEGIN ", "a PEM block"},
    {"ssh-", "an SSH key"},
    {"https://", "a URL"},
    {"http://", "a URL"},
    {"{", "JSON"},
    {"[", "JSON"},
    {"sk_dev_", "a secret key of Liveblocks (sk_dev_...)"},
    {"sk_prod_", "a secret key of Liveblocks (sk_prod_...)"},
    {"sk_localdev", "the secret key of a local Liveblocks (sk_localdev)"},
    {"sk_", "a secret key (sk_...)"},
    {"pk_dev_", "a public key of Liveblocks (pk_dev_...)"},
    {"pk_prod_", "a public key of Liveblocks (pk_prod_...)"},
    {"pk_localdev", "the public key of a local Liveblocks (pk_localdev)"},
    {"pk_", "a publishable key (pk_...)"},
    {"whsec_", "a webhook signing secret (whsec_...)"},
    {"polar_whs_", "a webhook signing secret of Polar (polar_whs_...)"},
    {"whsk_", "a private webhook key (whsk_...)"},
    {"whpk_", "a public webhook key (whpk_...)"},
    {"ak_", "a machine secret key or an API key (ak_...)"},
    {"mt_", "a machine-to-machine token (mt_...)"},
    {"oat_", "an OAuth access token (oat_...)"},
    {"ep_", "the id of a webhook endpoint (ep_...)"},
    {"ins_", "the id of a Clerk instance (ins_...)"},
    {"app_", "the id of an application (app_...)"},
    {"mch_", "the id of a machine (mch_...)"},
    {"user_", "the id of a user (user_...)"},
    {"org_", "the id of an organization (org_...)"},
}};

bool isJwt(std::string_view text) noexcept {
  return ascii::startsWith(text, "eyJ") && std::count(text.begin(), text.end(), '.') == 2;
}

/// `appId.keyId:secret`; a host with its port is shorter.
bool isAblyKey(std::string_view text) noexcept {
  constexpr std::size_t minSecret = 16;
  const auto [name, secret] = ascii::splitOnce(text, ':');
  const auto [appId, keyId] = ascii::splitOnce(name, '.');
  const auto isId = [](std::string_view id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), ascii::isKeyCharacter);
  };
  return isId(appId) && isId(keyId) && secret.size() >= minSecret && isId(secret);
}

}  // namespace

std::string_view clean(std::string_view text) noexcept {
  text = trim(text);
  const auto* const pair =
      std::find_if(quotes.begin(), quotes.end(), [&](const Pair& candidate) { return isQuoted(text, candidate); });
  if (pair == quotes.end()) return text;
  text.remove_prefix(pair->first.size());
  text.remove_suffix(pair->second.size());
  return trim(text);
}

std::optional<std::string> problemOf(std::string_view text) {
  if (const auto front = frontOf(text)) return "begins with " + shown(*front) + ": pass what stands after it";
  if (isReference(text)) return "refers to a variable that nobody has put in";
  if (hasQuote(text)) return "has a quote left at an end of it: pass what is between the quotes";
  if (ascii::startsWith(text, "<")) return "stands in angle brackets: pass what is between them";
  if (isPlaceholder(text)) return "is a placeholder: pass the value that it stands for";
  if (isPrefixAlone(text)) return "is only the beginning of a key: pass all of it";
  return std::nullopt;
}

const char* kindOf(std::string_view text) noexcept {
  if (isJwt(text)) return "a token (a JWT)";
  if (isAblyKey(text)) return "an API key of Ably (appId.keyId:secret)";
  const auto* const kind =
      std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return ascii::startsWith(text, k.prefix); });
  return kind == kinds.end() ? nullptr : kind->description;
}

std::string_view read(std::string_view option, std::string_view text) {
  text = clean(text);
  if (const auto problem = problemOf(text)) throw std::invalid_argument(std::string(option) + ' ' + *problem);
  return text;
}

Secret readSecret(std::string_view option, const Secret& text) {
  const std::string_view value = read(option, text.reveal());
  return value.size() == text.reveal().size() ? text : Secret(value);
}

std::invalid_argument refusal(std::string_view option, std::string_view expected, std::string_view text) {
  std::string message(option);
  if (text.empty()) return std::invalid_argument(message.append(" is empty: it must be ").append(expected));
  message.append(" must be ").append(expected);
  if (const char* const kind = kindOf(text)) message.append(", but this is ").append(kind);
  return std::invalid_argument(message);
}

}  // namespace pasted
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
