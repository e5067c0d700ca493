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
