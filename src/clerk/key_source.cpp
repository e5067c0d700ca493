#include <liveblocks/clerk/key_source.hpp>

#include <stdexcept>
#include <utility>

#include "clerk/backend_api.hpp"
#include "clerk/key_source.hpp"
#include "clerk/publishable_key.hpp"
#include "crypto/rsa_public_key.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

void requireTransport(const std::shared_ptr<http::Transport>& transport) {
  if (transport == nullptr) throw std::invalid_argument("fetching keys needs a transport");
}

}  // namespace

KeySource::KeySource(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

KeySource KeySource::pem(std::string_view text) {
  auto key = crypto::readRsaPublicKeyPem(text);
  if (!key) throw std::invalid_argument(key.error().message);
  return KeySource(std::make_shared<const State>(State{*std::move(key)}));
}

KeySource KeySource::jwks(std::string_view json) {
  auto keys = jwks::KeySet::parse(json);
  if (!keys) throw std::invalid_argument(keys.error().message);
  return KeySource(std::make_shared<const State>(State{*std::move(keys)}));
}

KeySource KeySource::backendApi(const Secret& secretKey, std::string_view apiUrl,
                                std::shared_ptr<http::Transport> transport) {
  Secret key = checkedSecretKey(secretKey);
  requireTransport(transport);
  const std::string url = checkedApiUrl(apiUrl) + "/v1/jwks";
  return KeySource(std::make_shared<const State>(State{RemoteKeys{std::move(transport), url, std::move(key)}}));
}

KeySource KeySource::frontendApi(std::string_view publishableKey, std::shared_ptr<http::Transport> transport) {
  requireTransport(transport);
  const std::string issuer = parsePublishableKey(publishableKey).issuer();
  RemoteKeys remote{std::move(transport), issuer + "/.well-known/jwks.json", {}};
  return KeySource(std::make_shared<const State>(State{std::move(remote), issuer}));
}

namespace detail {
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
    const http::detail::WipedRequest request(requestFor(remote));
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

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
