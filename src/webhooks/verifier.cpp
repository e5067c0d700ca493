#include <liveblocks/webhooks/verifier.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/crypto.h>

#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "core/base64.hpp"
#include "core/errors.hpp"
#include "core/event_sink.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/wipe.hpp"
#include "crypto/hash.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

/// The headers of a request, which this borrows.
struct Headers {
  std::string_view id;
  /// The signed text of the timestamp, digits only.
  std::string_view timestamp;
  std::string_view signatures;
  /// The value of the timestamp.
  std::int64_t seconds = 0;
  HeaderFamily family = HeaderFamily::standard;
};

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

/// Returns the value of a header; empty when it is absent or only white space.
std::string_view valueOf(const http::RequestView& request, std::string_view name) {
  const std::string_view value = http::findHeader(request, name).value_or("");
  return ascii::trim(value).empty() ? std::string_view() : value;
}

/// The id must not contain a dot: the signed text has dots between its parts, so the end of the id could be taken for
/// the timestamp.
bool isId(std::string_view id) noexcept {
  const auto fits = [](char c) { return ascii::isVisible(c) && c != '.'; };
  return id.size() <= Verifier::maxIdSize && std::all_of(id.begin(), id.end(), fits);
}

/// Returns nullopt unless the number is in its canonical form.
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

/// Reads the headers. `Errc::invalidRequest` names the header that is wrong, without its value.
Result<Headers> readHeaders(const http::RequestView& request) {
  const bool hasSvix = isPresent(request, svix);
  if (hasSvix && isPresent(request, standard)) {
    return invalid("headers of both families, webhook- and svix-: it is unclear which were signed");
  }
  return readFamily(request, hasSvix ? svix : standard);
}

/// Returns the base64 text of the signatures of version `v1` among the entries, which are separated by spaces. Returns
/// nullopt when there are more entries, of any version, than `Verifier::maxSignatures`.
std::optional<std::vector<std::string_view>> readSignatures(std::string_view header) {
  constexpr std::string_view version = "v1,";
  std::vector<std::string_view> signatures;
  std::size_t entries = 0;
  while (!header.empty()) {
    const auto [entry, rest] = ascii::splitOnce(header, ' ');
    header = rest;
    if (entry.empty()) continue;
    if (++entries > Verifier::maxSignatures) return std::nullopt;
    if (ascii::startsWith(entry, version)) signatures.push_back(entry.substr(version.size()));
  }
  return signatures;
}

/// Compares in a time that depends on the lengths only.
bool equalInConstantTime(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

constexpr std::string_view secretPrefix = "whsec_";
constexpr std::size_t minKeyBytes = 16;
constexpr std::size_t maxKeyBytes = 128;
constexpr std::size_t maxKeyDigits = (maxKeyBytes * 4 + 2) / 3;
/// As the vendors do, ignores trailing bits: secrets in their documentation have such bits.
constexpr base64::Policy secretEncoding{base64::Alphabet::either, base64::Padding::optional,
                                        base64::TrailingBits::ignoredDigit};

constexpr const char* secretOption = "a webhook signing secret";

[[noreturn]] void refuseSecret(const char* problem) {
  throw std::invalid_argument(std::string(secretOption) + ' ' + problem +
                              ": copy it from the vendor's dashboard, it begins with whsec_");
}

/// Many strings are valid base64 by accident, such as keys of other kinds.
void refuseOtherKinds(std::string_view text) {
  if (pasted::kindOf(text) != nullptr) throw pasted::refusal(secretOption, "what begins with whsec_", text);
}

/// Decodes a secret such as `whsec_...` to its bytes. White space and quotes around it are removed. Throws
/// `std::invalid_argument` for an invalid secret.
Secret readSigningKey(const Secret& secret) {
  std::string_view text = pasted::read(secretOption, secret.reveal());
  const bool hasPrefix = ascii::startsWith(text, secretPrefix);
  if (hasPrefix) text.remove_prefix(secretPrefix.size());
  if (ascii::equalsIgnoringCase(text.substr(0, secretPrefix.size()), secretPrefix)) {
    refuseSecret(hasPrefix ? "has its prefix twice" : "has its prefix in another case");
  }
  if (!hasPrefix) refuseOtherKinds(text);
  if (text.empty()) refuseSecret("is empty");
  if (text.find_last_not_of('=') + 1 > maxKeyDigits) refuseSecret("is longer than 128 bytes");
  std::array<char, maxKeyBytes> key{};
  const liveblocks::detail::WipeAtEnd wipeKey(key);
  const auto size = base64::decodeTo(text, key.data(), secretEncoding);
  if (!size) refuseSecret("is not base64");
  if (*size < minKeyBytes) refuseSecret("is shorter than 16 bytes");
  return Secret(std::string_view(key.data(), *size));
}

constexpr std::size_t maxSecrets = 16;
constexpr std::chrono::seconds maxTolerance = std::chrono::hours(1);
constexpr std::size_t maxMaxBody = std::size_t{64} << 20;

void check(const VerifierOptions& options) {
  if (options.secrets.empty()) throw std::invalid_argument("webhooks::Verifier needs a signing secret");
  if (options.secrets.size() > maxSecrets) throw std::invalid_argument("at most 16 signing secrets are tried");
  if (options.tolerance < std::chrono::seconds(0) || options.tolerance > maxTolerance) {
    throw std::invalid_argument("tolerance must lie between 0 and 1 hour");
  }
  if (options.maxBody == 0 || options.maxBody > maxMaxBody) {
    throw std::invalid_argument("maxBody must lie between 1 byte and 64 MiB");
  }
}

}  // namespace

using liveblocks::detail::EventSink;
using liveblocks::detail::EventSinkPointer;

struct Verifier::State {
  explicit State(const VerifierOptions& options)
      : tolerance(options.tolerance),
        maxBody(options.maxBody),
        clock(options.clock),
        events(EventSink::make(options.events, {})) {
    check(options);
    for (const Secret& secret : options.secrets) keys.push_back(readSigningKey(secret));
    if (!clock) clock = std::make_shared<const Clock>();
  }

  /// Returns the position of the first key that signed the message. Compares every pair of a key and a signature, so
  /// that the time does not reveal which of them matched.
  std::optional<std::size_t> findSigner(const Headers& headers, std::string_view body,
                                        const std::vector<std::string_view>& signatures) const {
    std::optional<std::size_t> signer;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const std::string expected =
          base64::encode(crypto::hmacSha256(keys[i].reveal(), {headers.id, ".", headers.timestamp, ".", body}));
      for (const std::string_view signature : signatures) {
        if (equalInConstantTime(signature, expected) && !signer) signer = i;
      }
    }
    return signer;
  }

  /// `Errc::internal` for an exception.
  Result<Message> verifySafely(const http::RequestView& request) const {
    try {
      return verify(request);
    } catch (const std::exception&) {
      return errors::internal();
    }
  }

  Result<Message> verify(const http::RequestView& request) const {
    if (request.body.size() > maxBody) return Error{Errc::invalidRequest, "the body of the webhook is too large"};
    const Result<Headers> headers = readHeaders(request);
    if (!headers) return headers.error();
    const auto now = std::chrono::floor<std::chrono::seconds>(clock->wall().time_since_epoch()).count();
    const std::int64_t age = now - headers->seconds;
    if (age > tolerance.count()) return Error{Errc::webhookTooOld, "the webhook is too old"};
    if (age < -tolerance.count()) return Error{Errc::webhookTooNew, "the timestamp of the webhook is too new"};
    const auto signatures = readSignatures(headers->signatures);
    if (!signatures) return Error{Errc::invalidRequest, "the webhook has more than 32 signatures"};
    const std::optional<std::size_t> signer = findSigner(*headers, request.body, *signatures);
    if (!signer) return Error{Errc::badWebhookSignature, "no signature of the webhook matches a signing secret"};
    const auto time = timing::later(std::chrono::system_clock::time_point(), std::chrono::seconds(headers->seconds));
    return Message{std::string(headers->id), time, std::string(request.body), *signer, headers->family};
  }

  std::vector<Secret> keys;
  std::chrono::seconds tolerance;
  std::size_t maxBody;
  std::shared_ptr<const Clock> clock;
  EventSinkPointer events;
};

Verifier::Verifier(const VerifierOptions& options) : state_(std::make_shared<const State>(options)) {}

Result<Message> Verifier::verify(const http::RequestView& request) const {
  // Shared, so that another thread may destroy the last copy during the call.
  const std::shared_ptr<const State> state = state_;
  Result<Message> message = state->verifySafely(request);
  if (state->events != nullptr) state->events->webhook(operations::verifyWebhook, message, "verified");
  return message;
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
