/// @file
/// Verification of webhook signatures: the Standard Webhooks scheme, which Liveblocks and Clerk use.
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The names of the three headers.
enum class HeaderFamily {
  standard,  ///< `webhook-id`, `webhook-timestamp`, `webhook-signature`: Liveblocks.
  svix,      ///< `svix-id`, `svix-timestamp`, `svix-signature`: Clerk.
};

/// A delivery with a verified signature.
struct Message {
  /// The id of the event; a repeated delivery has the same id. 1 to 256 bytes.
  std::string id;
  /// When this delivery was signed, in whole seconds.
  std::chrono::system_clock::time_point timestamp;
  /// The signed bytes. The verifier does not parse them.
  std::string body;
  /// The position of the secret that signed it in `VerifierOptions::secrets`: it identifies the sender, where there are
  /// secrets of several vendors. The first position when several secrets match.
  std::size_t secretIndex = 0;
  /// The names of its headers. The names are not signed: anybody who forwards a delivery can use the other ones. Use
  /// `secretIndex` to identify the sender.
  HeaderFamily headerFamily = HeaderFamily::standard;
};

/// The options of a `Verifier`.
struct VerifierOptions {
  /// 1 to 16 signing secrets, as the vendor's dashboard shows them: `whsec_` and 16 to 128 bytes in base64. The prefix
  /// and the padding may be missing, white space and a pair of quotes may surround it, the base64 may be base64url, and
  /// trailing bits that do not form a byte are ignored. Give several secrets during a rotation, or those of several
  /// vendors at one URL: a message is valid when one of them signed it.
  std::vector<Secret> secrets;
  /// How far the timestamp of a message may be from now, in both directions and inclusive. 0 to 1 h.
  std::chrono::seconds tolerance = std::chrono::minutes(5);
  /// The size limit of the body, in bytes. 1 to 64 MiB.
  std::size_t maxBody = std::size_t{1} << 20;
  /// Null: the system's clock.
  std::shared_ptr<const Clock> clock = {};
  /// Told of each verification.
  Events events = {};
};

/// Verifies deliveries. Immutable, cheap to copy and thread-safe; never does I/O.
class LIVEBLOCKS_EXPORT Verifier {
 public:
  /// @{
  /// The limits of the headers, in bytes, and the number of signatures in the signature header.
  static constexpr std::size_t maxIdSize = 256;
  static constexpr std::size_t maxSignatureHeader = 4096;
  static constexpr std::size_t maxSignatures = 32;
  /// @}

  /// Throws `std::invalid_argument` for a missing or invalid secret, and for an option out of range.
  explicit Verifier(const VerifierOptions& options);

  /// Verifies the headers and the body of a request. The body must be the raw bytes of the request: JSON that was
  /// parsed and serialized again has another signature.
  ///
  /// The headers are `webhook-id`, `webhook-timestamp` and `webhook-signature`, or the same names with `svix-`; one
  /// family, each once. The timestamp consists of digits; a signature is `v1,` and base64, several are separated by
  /// spaces, and those of other versions are skipped.
  ///
  /// Returns `Errc::invalidRequest` for missing or malformed headers, with their names, and for a body beyond the
  /// limit; `Errc::webhookTooOld` and `Errc::webhookTooNew` for the timestamp, `Errc::badWebhookSignature` when no
  /// signature matches a secret, `Errc::internal` when the crypto library fails. Messages never contain signatures,
  /// secrets or header values. Respond with 400 to all except the last: their `Error::kind()` is `invalid`.
  Result<Message> verify(const http::RequestView& request) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
