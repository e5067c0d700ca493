/// @file
/// Webhooks that were really sent by who claims it: the Standard Webhooks scheme, which Liveblocks and Clerk use.
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The names that the three headers go by.
enum class HeaderFamily {
  standard,  ///< `webhook-id`, `webhook-timestamp`, `webhook-signature`: Liveblocks.
  svix,      ///< `svix-id`, `svix-timestamp`, `svix-signature`: Clerk.
};

/// A delivery whose signature was verified.
struct Message {
  /// Names the event: a repeated delivery has the same. 1 to 256 bytes.
  std::string id;
  /// When this delivery was signed, in whole seconds.
  std::chrono::system_clock::time_point timestamp;
  /// The bytes that were signed. The verifier does not look into them.
  std::string body;
  /// The secret that signed it, as its place in `VerifierOptions::secrets`: who sent it, where those of several vendors
  /// stand there. The first one when several did.
  std::size_t secretIndex = 0;
  /// The names its headers had. They are not signed: whoever forwards a delivery can write the other ones.
  /// `secretIndex` tells who sent it.
  HeaderFamily headerFamily = HeaderFamily::standard;
};

/// What to accept.
struct VerifierOptions {
  /// 1 to 16 signing secrets, as the vendor's dashboard shows them: `whsec_` and base64. The prefix and the padding may
  /// be missing, white space and a pair of quotes may stand around it, the base64 may be that of URLs, and bits at its
  /// end that make no whole byte count for nothing. A secret of 16 to 128 bytes is in it. Several during a rotation, or
  /// of several vendors at one URL: a message is good when one of them signed it.
  std::vector<Secret> secrets;
  /// How far the timestamp of a message may lie from now, both ways and inclusive. 0 to 1 h.
  std::chrono::seconds tolerance = std::chrono::minutes(5);
  /// The longest body, in bytes. 1 to 64 MiB.
  std::size_t maxBody = std::size_t{1} << 20;
  /// Null: the system's clock.
  std::shared_ptr<const Clock> clock = {};
};

/// Verifies deliveries. Immutable, cheap to copy and thread-safe; never does I/O.
class LIVEBLOCKS_EXPORT Verifier {
 public:
  /// @{
  /// Limits of the headers, in bytes and, of a signature header, in signatures.
  static constexpr std::size_t maxIdSize = 256;
  static constexpr std::size_t maxSignatureHeader = 4096;
  static constexpr std::size_t maxSignatures = 32;
  /// @}

  /// Throws `std::invalid_argument` when there is no secret, or one that cannot be one, and for an option out of range.
  explicit Verifier(const VerifierOptions& options);

  /// Of a request, looks at the headers and the body, which must be the raw bytes that came: JSON that was parsed and
  /// printed again has another signature.
  ///
  /// The headers are `webhook-id`, `webhook-timestamp` and `webhook-signature`, or the same with `svix-`; one family,
  /// each once. The timestamp is in digits; a signature is `v1,` and base64, several are separated by blanks, and those
  /// of other versions are skipped.
  ///
  /// `Errc::invalidRequest` for headers that are missing or malformed, with their names, and for a body beyond the
  /// limit; `Errc::expired` for a message that is too old, `Errc::issuedInFuture` for one too new, `Errc::badSignature`
  /// when no signature is one of ours, `Errc::internal` when the crypto library refuses. Messages never hold
  /// signatures, secrets or values of headers. To the sender, answer 400 for all but the last.
  Result<Message> verify(const http::RequestView& request) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
