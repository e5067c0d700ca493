#include <liveblocks/clerk/key_source.hpp>

#include <stdexcept>
#include <utility>

#include "clerk/backend_api.hpp"
#include "clerk/key_source.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/verifier_options.hpp"
#include "core/errors.hpp"
#include "core/logging.hpp"
#include "crypto/rsa_public_key.hpp"
#include "http/delivery.hpp"
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

using Keys = std::variant<jwks::KeyPointer, jwks::KeySet, std::shared_ptr<jwks::KeyCache>>;

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

Result<jwks::FetchedKeys> explained(Result<jwks::FetchedKeys> fetched, const RemoteKeys& remote) {
  return fetched ? std::move(fetched) : explained(fetched.error(), remote);
}

jwks::KeyFetch fetchOf(const RemoteKeys& remote, const std::shared_ptr<const Clock>& clock,
                       const http::detail::Watch& watch) {
  jwks::KeyFetch fetch;
  fetch.wait = [remote, clock, watch](Deadline deadline, const jwks::KeySet* previous, bool repeats) {
    const http::detail::WipedRequest request(requestFor(remote));
    return explained(jwks::fetchKeySet(*remote.transport, request.get(), deadline, previous, *clock, repeats, watch),
                     remote);
  };
  fetch.start = [remote, clock, watch](Deadline deadline, std::shared_ptr<const jwks::KeySet> previous, bool repeats,
                                       const jwks::KeySetCallback& done) {
    jwks::startFetchingKeySet(
        remote.transport, requestFor(remote), deadline, std::move(previous), clock,
        [remote, done](Result<jwks::FetchedKeys> fetched) { done(explained(std::move(fetched), remote)); }, repeats,
        watch);
  };
  return fetch;
}

Keys makeKeys(const KeySource::State& source, const KeyCacheOptions& ages, const std::shared_ptr<const Clock>& clock,
              const Log& log, const liveblocks::detail::EventSinkPointer& events) {
  if (const auto* key = std::get_if<jwks::KeyPointer>(&source.keys)) return *key;
  if (const auto* set = std::get_if<jwks::KeySet>(&source.keys)) return *set;
  const auto& remote = std::get<RemoteKeys>(source.keys);
  return std::make_shared<jwks::KeyCache>(fetchOf(remote, clock, {events, operations::jwks}), ages, clock, log,
                                          remote.url, jwks::defaultPatience, events);
}

std::shared_ptr<http::Transport> transportOf(const KeySource::State& source) {
  const auto* remote = std::get_if<RemoteKeys>(&source.keys);
  return remote != nullptr ? remote->transport : nullptr;
}

}  // namespace

SessionKeys::SessionKeys(const KeySource::State& source, const KeyCacheOptions& options,
                         const std::shared_ptr<const Clock>& clock, const Log& log,
                         const liveblocks::detail::EventSinkPointer& events)
    : keys_(makeKeys(source, options, clock, log, events)), transport_(transportOf(source)) {}

jwks::KeyCache* SessionKeys::cacheFor(const KeyId& keyId) const {
  const auto* cache = std::get_if<Cache>(&keys_);
  return cache != nullptr && keyId ? cache->get() : nullptr;
}

Result<jwks::KeyPointer> SessionKeys::findFixed(const KeyId& keyId) const {
  if (const auto* key = std::get_if<jwks::KeyPointer>(&keys_)) return *key;
  if (!keyId) return Error{Errc::unknownKey, "the token names no key"};
  jwks::KeyPointer key = std::get<jwks::KeySet>(keys_).find(*keyId);
  if (key == nullptr) return Error{Errc::unknownKey, "no trusted key has the token's key id"};
  return key;
}

Result<jwks::KeyPointer> SessionKeys::find(const KeyId& keyId, Deadline deadline) const {
  jwks::KeyCache* const cache = cacheFor(keyId);
  return cache != nullptr ? cache->find(*keyId, deadline) : findFixed(keyId);
}

std::optional<Result<jwks::KeyPointer>> SessionKeys::findNow(const KeyId& keyId, Deadline deadline) const {
  jwks::KeyCache* const cache = cacheFor(keyId);
  return cache != nullptr ? cache->findNow(*keyId, deadline) : findFixed(keyId);
}

void SessionKeys::findAsync(const std::string& keyId, const http::detail::AsyncWait& wait,
                            jwks::KeyCache::Done done) const {
  std::get<Cache>(keys_)->findAsync(keyId, wait, std::move(done));
}

std::optional<Result<jwks::KeyPointer>> SessionKeys::findLocally(const KeyId& keyId) const {
  jwks::KeyCache* const cache = cacheFor(keyId);
  return cache != nullptr ? cache->findLocally(*keyId) : findFixed(keyId);
}

Result<void> SessionKeys::refresh(Deadline deadline) const {
  const auto* cache = std::get_if<Cache>(&keys_);
  return cache != nullptr ? (*cache)->refresh(deadline) : Result<void>();
}

void SessionKeys::refreshAsync(const http::detail::AsyncWait& wait, jwks::KeyCache::Done done) const {
  const auto* cache = std::get_if<Cache>(&keys_);
  if (cache == nullptr) return done(jwks::KeyPointer());
  (*cache)->refreshAsync(wait, std::move(done));
}

void refreshKeysAsync(const std::shared_ptr<const SessionKeys>& keys, const Log& log, Callback<Result<void>> done,
                      const AsyncOptions& options) {
  const http::detail::Delivery<Result<void>> delivery(std::move(done), options.executor);
  http::Transport* const transport = keys->transport().get();
  try {
    const http::detail::AsyncWait wait{keys->transport(), callDeadline(options.deadline), options.cancellation};
    keys->refreshAsync(wait, [keys, transport, delivery](const Result<jwks::KeyPointer>& refreshed) {
      delivery.later(transport, refreshed ? Result<void>() : refreshed.error());
    });
  } catch (...) {
    logging::writeException(log, keysNotRefreshed);
    delivery.later(transport, errors::internal());
  }
}

Error keysMustBeFetched() { return {Errc::keysUnavailable, "the verification keys have to be fetched first"}; }

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
