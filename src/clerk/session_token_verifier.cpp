#include "clerk/session_token_verifier.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "clerk/backend_api.hpp"
#include "clerk/claims_validator.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using Keys = std::variant<jwks::KeyPointer, jwks::KeySet, std::unique_ptr<jwks::KeyCache>>;

http::Request requestFor(const RemoteKeys& remote) {
  if (!remote.secretKey.empty()) return backendRequest(remote.url, remote.secretKey);
  return {"GET", remote.url, {{"Accept", "application/json"}}, {}};
}

/// What an operator can do about a failure.
Error explained(Error error, const RemoteKeys& remote) {
  if (error.code == Errc::secretKeyRejected) error.message = refusedSecretKey(error.upstreamStatus);
  if (error.upstreamStatus == 404) {
    error.message += remote.secretKey.empty() ? ": is there still an instance of that publishable key?"
                                              : ": is apiUrl that of Clerk's Backend API?";
  }
  return error;
}

Keys makeKeys(const KeySource::State& source, const KeyCacheOptions& ages, const std::shared_ptr<const Clock>& clock,
              const Log& log) {
  if (const auto* key = std::get_if<jwks::KeyPointer>(&source.keys)) return *key;
  if (const auto* set = std::get_if<jwks::KeySet>(&source.keys)) return *set;
  const auto fetch = [remote = std::get<RemoteKeys>(source.keys), clock](Deadline deadline,
                                                                         const jwks::KeySet* previous) {
    const http::WipedRequest request(requestFor(remote));
    auto fetched = jwks::fetchKeySet(*remote.transport, request.get(), deadline, previous, *clock);
    return fetched ? std::move(fetched) : explained(fetched.error(), remote);
  };
  return std::make_unique<jwks::KeyCache>(fetch, ages, clock, log, std::get<RemoteKeys>(source.keys).url);
}

}  // namespace

SessionKeys::SessionKeys(const KeySource::State& source, const KeyCacheOptions& options,
                         const std::shared_ptr<const Clock>& clock, const Log& log)
    : keys_(makeKeys(source, options, clock, log)) {}

Result<jwks::KeyPointer> SessionKeys::find(const KeyId& keyId, std::optional<Deadline> deadline) const {
  if (const auto* key = std::get_if<jwks::KeyPointer>(&keys_)) return *key;
  if (!keyId) return Error{Errc::unknownKey, "the token names no key"};
  if (const auto* cache = std::get_if<Cache>(&keys_)) {
    return deadline ? (*cache)->find(*keyId, *deadline) : (*cache)->findLocally(*keyId);
  }
  jwks::KeyPointer key = std::get<jwks::KeySet>(keys_).find(*keyId);
  if (key == nullptr) return Error{Errc::unknownKey, "no trusted key has the token's key id"};
  return key;
}

Result<void> SessionKeys::refresh(Deadline deadline) const {
  const auto* cache = std::get_if<Cache>(&keys_);
  return cache != nullptr ? (*cache)->refresh(deadline) : Result<void>();
}

namespace {

constexpr std::array<std::string_view, 2> sessionCategories{"cl_B7d4PD111AAA", "cl_I7d4PD111III"};

}  // namespace

bool isSessionCategory(std::string_view category) noexcept {
  return std::find(sessionCategories.begin(), sessionCategories.end(), category) != sessionCategories.end();
}

SessionTokenVerifier::SessionTokenVerifier(const KeySource::State& source, const SessionVerifierOptions& options)
    : clock_(options.clock ? options.clock : std::make_shared<const Clock>()),
      keys_(source.shared ? source.shared
                          : std::make_shared<const SessionKeys>(source, options.keyCache, clock_, options.log)),
      jws_({sessionCategories.begin(), sessionCategories.end()}) {}

Result<SessionClaims> SessionTokenVerifier::verify(std::string_view token, const ClaimsValidator& validator,
                                                   const ValidationContext& context,
                                                   std::optional<Deadline> deadline) const {
  auto payload = verifySignature(token, deadline);
  if (!payload) return payload.error();
  auto session = validator.session(*std::move(payload), context);
  if (!session) return session.error();
  return SessionClaims(*std::move(session));
}

Result<std::string> SessionTokenVerifier::verifySignature(std::string_view token,
                                                          std::optional<Deadline> deadline) const {
  return jws_.verifySignature(token, [&](const SessionKeys::KeyId& keyId) { return keys_->find(keyId, deadline); });
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
