#include "webhooks/headers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

constexpr std::size_t maxDigits = 15;

struct Family {
  HeaderFamily family;
  std::string_view id;
  std::string_view timestamp;
  std::string_view signature;
};

constexpr Family standard{HeaderFamily::standard, "webhook-id", "webhook-timestamp", "webhook-signature"};
constexpr Family svix{HeaderFamily::svix, "svix-id", "svix-timestamp", "svix-signature"};

Error invalid(std::string message) { return {Errc::invalidRequest, std::move(message)}; }

Error malformed(std::string_view name, std::string_view problem) {
  return invalid("the header " + std::string(name) + " " + std::string(problem));
}

bool isPresent(const http::RequestView& request, const Family& family) {
  return http::findHeader(request, family.id) || http::findHeader(request, family.timestamp) ||
         http::findHeader(request, family.signature);
}

std::size_t countHeader(const http::RequestView& request, std::string_view name) {
  const auto isNamed = [name](const auto& header) { return ascii::equalsIgnoringCase(header.first, name); };
  return static_cast<std::size_t>(std::count_if(request.headers.begin(), request.headers.end(), isNamed));
}

/// Empty when it is absent or blank.
std::string_view valueOf(const http::RequestView& request, std::string_view name) {
  const std::string_view value = http::findHeader(request, name).value_or("");
  return ascii::trim(value).empty() ? std::string_view() : value;
}

/// A dot would let the end of the id be taken for the timestamp: the signed text has dots between its parts.
bool isId(std::string_view id) noexcept {
  const auto fits = [](char c) { return c > ' ' && c <= '~' && c != '.'; };
  return id.size() <= Verifier::maxIdSize && std::all_of(id.begin(), id.end(), fits);
}

/// nullopt for anything but the one way to write a number.
std::optional<std::int64_t> readSeconds(std::string_view text) noexcept {
  if (text.size() > maxDigits || !std::all_of(text.begin(), text.end(), ascii::isDigit)) return std::nullopt;
  if (text.front() == '0') return std::nullopt;
  std::int64_t seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return seconds;
}

std::string missingNames(const Headers& headers, const Family& family) {
  std::string names;
  const auto add = [&names](std::string_view value, std::string_view name) {
    if (value.empty()) names += (names.empty() ? "" : ", ") + std::string(name);
  };
  add(headers.id, family.id);
  add(headers.timestamp, family.timestamp);
  add(headers.signatures, family.signature);
  return names;
}

Result<Headers> readFamily(const http::RequestView& request, const Family& family) {
  for (const std::string_view name : {family.id, family.timestamp, family.signature}) {
    if (countHeader(request, name) > 1) return malformed(name, "occurs more than once");
  }
  Headers headers{valueOf(request, family.id), valueOf(request, family.timestamp), valueOf(request, family.signature)};
  const std::string missing = missingNames(headers, family);
  if (!missing.empty()) return invalid("missing headers: " + missing);
  if (!isId(headers.id)) return malformed(family.id, "is not 1 to 256 visible characters without a dot");
  const auto seconds = readSeconds(headers.timestamp);
  if (!seconds) return malformed(family.timestamp, "is not a number of seconds in digits");
  if (headers.signatures.size() > Verifier::maxSignatureHeader) {
    return malformed(family.signature, "is longer than 4096 bytes");
  }
  headers.seconds = *seconds;
  headers.family = family.family;
  return headers;
}

}  // namespace

Result<Headers> readHeaders(const http::RequestView& request) {
  const bool hasSvix = isPresent(request, svix);
  if (hasSvix && isPresent(request, standard)) {
    return invalid("headers of both families, webhook- and svix-: which were signed is unclear");
  }
  return readFamily(request, hasSvix ? svix : standard);
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
