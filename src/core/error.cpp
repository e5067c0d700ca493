#include <liveblocks/core/error.hpp>

#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

const char* describe(Errc code) noexcept {
  switch (code) {
    case Errc::noToken:
      return "no session token";
    case Errc::malformed:
      return "malformed";
    case Errc::unsupportedAlgorithm:
      return "unsupported signature algorithm";
    case Errc::unknownKey:
      return "unknown signing key";
    case Errc::badSignature:
      return "bad signature";
    case Errc::expired:
      return "expired";
    case Errc::notYetValid:
      return "not yet valid";
    case Errc::wrongIssuer:
      return "wrong issuer";
    case Errc::unauthorizedParty:
      return "wrong authorized party";
    case Errc::badClaim:
      return "missing or bad claim";
    case Errc::keysUnavailable:
      return "verification keys unavailable";
    case Errc::timeout:
      return "timed out";
    case Errc::resolve:
      return "host name did not resolve";
    case Errc::connect:
      return "could not connect";
    case Errc::tls:
      return "TLS failure";
    case Errc::reset:
      return "connection broke";
    case Errc::tooLarge:
      return "response too large";
    case Errc::upstream:
      return "bad response from the server";
    case Errc::notFound:
      return "not found";
    case Errc::asyncUnsupported:
      return "the transport has no asynchronous calls";
    case Errc::tokenTooLarge:
      return "token too large";
    case Errc::badEncoding:
      return "not canonical base64url";
    case Errc::badJson:
      return "not a strict JSON object";
    case Errc::criticalHeader:
      return "unsupported critical header";
    case Errc::wrongType:
      return "wrong token type";
    case Errc::wrongCategory:
      return "not a session token";
    case Errc::issuedInFuture:
      return "issued in the future";
    case Errc::wrongAudience:
      return "wrong audience";
    case Errc::inactiveSession:
      return "session is not active";
    case Errc::secretKeyRejected:
      return "secret key rejected";
    case Errc::cancelled:
      return "cancelled";
    case Errc::invalidRequest:
      return "invalid request";
    case Errc::internal:
      return "internal failure";
    case Errc::tokenRejected:
      return "token rejected by its issuer";
    case Errc::conflict:
      return "exists already";
    case Errc::badWebhookSignature:
      return "bad webhook signature";
    case Errc::webhookTooOld:
      return "webhook too old";
    case Errc::webhookTooNew:
      return "webhook issued in the future";
    case Errc::badWebhookJson:
      return "the webhook is not a strict JSON object";
    case Errc::badWebhookEvent:
      return "malformed webhook event";
  }
  return "unknown error";
}

class Category final : public std::error_category {
 public:
  const char* name() const noexcept override { return "liveblocks"; }
  std::string message(int value) const override { return describe(static_cast<Errc>(value)); }
};

}  // namespace

std::string_view name(Errc code) noexcept {
  switch (code) {
    case Errc::noToken:
      return "no_token";
    case Errc::malformed:
      return "malformed";
    case Errc::unsupportedAlgorithm:
      return "unsupported_algorithm";
    case Errc::unknownKey:
      return "unknown_key";
    case Errc::badSignature:
      return "bad_signature";
    case Errc::expired:
      return "expired";
    case Errc::notYetValid:
      return "not_yet_valid";
    case Errc::wrongIssuer:
      return "wrong_issuer";
    case Errc::unauthorizedParty:
      return "unauthorized_party";
    case Errc::badClaim:
      return "bad_claim";
    case Errc::keysUnavailable:
      return "keys_unavailable";
    case Errc::timeout:
      return "timeout";
    case Errc::resolve:
      return "resolve";
    case Errc::connect:
      return "connect";
    case Errc::tls:
      return "tls";
    case Errc::reset:
      return "reset";
    case Errc::tooLarge:
      return "too_large";
    case Errc::upstream:
      return "upstream";
    case Errc::notFound:
      return "not_found";
    case Errc::asyncUnsupported:
      return "async_unsupported";
    case Errc::tokenTooLarge:
      return "token_too_large";
    case Errc::badEncoding:
      return "bad_encoding";
    case Errc::badJson:
      return "bad_json";
    case Errc::criticalHeader:
      return "critical_header";
    case Errc::wrongType:
      return "wrong_type";
    case Errc::wrongCategory:
      return "wrong_category";
    case Errc::issuedInFuture:
      return "issued_in_future";
    case Errc::wrongAudience:
      return "wrong_audience";
    case Errc::inactiveSession:
      return "inactive_session";
    case Errc::secretKeyRejected:
      return "secret_key_rejected";
    case Errc::cancelled:
      return "cancelled";
    case Errc::invalidRequest:
      return "invalid_request";
    case Errc::internal:
      return "internal";
    case Errc::tokenRejected:
      return "token_rejected";
    case Errc::conflict:
      return "conflict";
    case Errc::badWebhookSignature:
      return "bad_webhook_signature";
    case Errc::webhookTooOld:
      return "webhook_too_old";
    case Errc::webhookTooNew:
      return "webhook_too_new";
    case Errc::badWebhookJson:
      return "bad_webhook_json";
    case Errc::badWebhookEvent:
      return "bad_webhook_event";
  }
  return "unknown";
}

const std::error_category& errorCategory() noexcept {
  static const Category category;
  return category;
}

ErrorKind Error::kind() const noexcept {
  switch (code) {
    case Errc::keysUnavailable:
    case Errc::timeout:
    case Errc::resolve:
    case Errc::connect:
    case Errc::tls:
    case Errc::reset:
    case Errc::tooLarge:
    case Errc::upstream:
    case Errc::asyncUnsupported:
    case Errc::secretKeyRejected:
    case Errc::cancelled:
    case Errc::internal:
      return ErrorKind::unavailable;
    case Errc::notFound:
      return ErrorKind::notFound;
    case Errc::invalidRequest:
    case Errc::badWebhookSignature:
    case Errc::webhookTooOld:
    case Errc::webhookTooNew:
    case Errc::badWebhookJson:
    case Errc::badWebhookEvent:
      return ErrorKind::invalid;
    case Errc::conflict:
      return ErrorKind::conflict;
    case Errc::noToken:
    case Errc::malformed:
    case Errc::unsupportedAlgorithm:
    case Errc::unknownKey:
    case Errc::badSignature:
    case Errc::expired:
    case Errc::notYetValid:
    case Errc::wrongIssuer:
    case Errc::unauthorizedParty:
    case Errc::badClaim:
    case Errc::tokenTooLarge:
    case Errc::badEncoding:
    case Errc::badJson:
    case Errc::criticalHeader:
    case Errc::wrongType:
    case Errc::wrongCategory:
    case Errc::issuedInFuture:
    case Errc::wrongAudience:
    case Errc::inactiveSession:
    case Errc::tokenRejected:
      return ErrorKind::unauthenticated;
  }
  return ErrorKind::unauthenticated;
}

bool operator==(const Error& left, const Error& right) noexcept {
  const bool sameInfo = left.info && right.info ? *left.info == *right.info : left.info == right.info;
  return left.code == right.code && left.message == right.message && left.upstreamStatus == right.upstreamStatus &&
         left.retryAfter == right.retryAfter && sameInfo;
}

void detail::throwError(const Error& error) { throw std::system_error(error.code, error.message); }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
