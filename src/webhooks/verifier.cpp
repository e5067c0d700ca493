#include <liveblocks/webhooks/verifier.hpp>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "core/base64.hpp"
#include "core/saturating_time.hpp"
#include "crypto/hmac_sha256.hpp"
#include "webhooks/headers.hpp"
#include "webhooks/signatures.hpp"
#include "webhooks/signing_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

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

struct Verifier::State {
  explicit State(const VerifierOptions& options)
      : tolerance(options.tolerance), maxBody(options.maxBody), clock(options.clock) {
    check(options);
    for (const Secret& secret : options.secrets) keys.push_back(readSigningKey(secret));
    if (!clock) clock = std::make_shared<const Clock>();
  }

  /// The first key that signed it. Looks at every pair of a key and a signature, so that the time tells nothing about
  /// which of them fitted.
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

  Result<Message> verify(const http::RequestView& request) const {
    if (request.body.size() > maxBody) return Error{Errc::invalidRequest, "the body of the webhook is too large"};
    const Result<Headers> headers = readHeaders(request);
    if (!headers) return headers.error();
    const auto now = std::chrono::floor<std::chrono::seconds>(clock->wall().time_since_epoch()).count();
    const std::int64_t age = now - headers->seconds;
    if (age > tolerance.count()) return Error{Errc::expired, "the webhook is too old"};
    if (age < -tolerance.count()) return Error{Errc::issuedInFuture, "the timestamp of the webhook is too new"};
    const auto signatures = readSignatures(headers->signatures);
    if (!signatures) return Error{Errc::invalidRequest, "the webhook has more than 32 signatures"};
    const std::optional<std::size_t> signer = findSigner(*headers, request.body, *signatures);
    if (!signer) return Error{Errc::badSignature, "no signature of the webhook matches a signing secret"};
    const auto time = later(std::chrono::system_clock::time_point(), std::chrono::seconds(headers->seconds));
    return Message{std::string(headers->id), time, std::string(request.body), *signer, headers->family};
  }

  std::vector<Secret> keys;
  std::chrono::seconds tolerance;
  std::size_t maxBody;
  std::shared_ptr<const Clock> clock;
};

Verifier::Verifier(const VerifierOptions& options) : state_(std::make_shared<const State>(options)) {}

Result<Message> Verifier::verify(const http::RequestView& request) const {
  // Held, so that destroying the last copy while another thread is in here does no harm.
  const std::shared_ptr<const State> state = state_;
  try {
    return state->verify(request);
  } catch (const std::exception&) {
    return Error{Errc::internal, {}};
  }
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
