#include "clerk/backend_check.hpp"

#include <algorithm>
#include <utility>

#include "clerk/backend_answer.hpp"
#include "clerk/backend_error.hpp"
#include "clerk/backend_request.hpp"
#include "core/outage_log.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"
#include "jwt/compact_jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::size_t maxAnswer = std::size_t{256} << 10;

/// Printable ASCII that stands in JSON as it is. Two dots make a JWT, which Clerk does not know by its text.
bool canBeAskedFor(std::string_view token) noexcept {
  const auto isPlain = [](char c) { return c > ' ' && c < '\x7F' && c != '"' && c != '\\'; };
  return token.size() <= jwt::maxTokenSize && std::all_of(token.begin(), token.end(), isPlain) &&
         std::count(token.begin(), token.end(), '.') < 2;
}

/// `{"<member>":"<token>"}` in one buffer, so that no copy of the token is left behind.
std::string bodyOf(std::string_view member, std::string_view token) {
  std::string body;
  body.reserve(member.size() + token.size() + 7);
  body.append("{\"").append(member).append("\":\"").append(token).append("\"}");
  return body;
}

}  // namespace

BackendCheck::BackendCheck(const AuthenticatorOptions& options, std::shared_ptr<http::Transport> transport)
    : apiUrl_(options.apiUrl),
      secretKey_(options.secretKey),
      machineSecretKey_(options.machineSecretKey),
      transport_(std::move(transport)),
      outage_(std::make_unique<OutageLog>(options.log, "Clerk verifies opaque tokens again", options.clock)) {}

Result<MachineToken> BackendCheck::verify(const OpaqueKind& kind, std::string_view token, const ClaimRules& rules,
                                          const Clock& clock, Deadline deadline) const {
  if (!canBeAskedFor(token)) return Error{Errc::tokenRejected, "the token has characters that no such token has"};
  const Secret& key = keyFor(kind.type);
  if (key.empty() || !transport_) {
    return Error{Errc::keysUnavailable, "Clerk cannot be asked about opaque tokens: secretKey or transport is missing"};
  }
  if (std::chrono::steady_clock::now() >= deadline) {
    return Error{Errc::timeout, "the deadline passed before Clerk was asked about the token"};
  }
  http::Call call{deadline};
  call.maxBody = maxAnswer;
  call.once = true;
  const http::WipedRequest wiped(backendRequest(apiUrl_ + std::string(kind.path), key, bodyOf(kind.member, token)));
  const Result<http::Response> answer = http::sendWithRetry(*transport_, wiped.get(), call, http::RetryPolicy::off());
  if (!answer) return answer.error();
  if (answer->status != 200) return failed(*answer, kind.type, clock);
  outage_->succeeded();
  return readMachineToken(kind, answer->body, rules, clock.wall());
}

bool BackendCheck::hasOwnKey(TokenType type) const noexcept {
  return type == TokenType::m2mToken && !machineSecretKey_.empty();
}

const Secret& BackendCheck::keyFor(TokenType type) const noexcept {
  return hasOwnKey(type) ? machineSecretKey_ : secretKey_;
}

Error BackendCheck::failed(const http::Response& answer, TokenType type, const Clock& clock) const {
  const char* const variable = hasOwnKey(type) ? "CLERK_MACHINE_SECRET_KEY" : "CLERK_SECRET_KEY";
  Error error = backendError(answer, clock.wall(), variable);
  // The request holds nothing but the token.
  if (isRefusal(answer.status)) error.code = Errc::tokenRejected;
  if (error.code == Errc::secretKeyRejected) outage_->failed(LogLevel::error, "verifying a token: " + error.message);
  if (answer.status == 429) outage_->failed(LogLevel::warning, "verifying a token: " + error.message);
  return error;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
