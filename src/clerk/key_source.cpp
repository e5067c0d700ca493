#include <liveblocks/clerk/key_source.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "clerk/key_source_state.hpp"
#include "clerk/publishable_key.hpp"
#include "crypto/rsa_pem.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

void requireTransport(const std::shared_ptr<http::Transport>& transport) {
  if (transport == nullptr) throw std::invalid_argument("fetching keys needs a transport");
}

void requireSecretKey(const Secret& secretKey) {
  const std::string_view text = secretKey.reveal();
  if (text.empty()) throw std::invalid_argument("the secret key is empty: set CLERK_SECRET_KEY");
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; })) {
    throw std::invalid_argument("the secret key holds white space or characters outside ASCII");
  }
}

}  // namespace

KeySource::KeySource(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

KeySource KeySource::pem(std::string_view text) {
  auto key = crypto::readRsaPublicKeyPem(text);
  if (!key) throw std::invalid_argument(key.error().message);
  return KeySource(std::make_shared<const State>(State{{*std::move(key)}}));
}

KeySource KeySource::jwks(std::string_view json) {
  auto keys = jwks::KeySet::parse(json);
  if (!keys) throw std::invalid_argument(keys.error().message);
  return KeySource(std::make_shared<const State>(State{{*std::move(keys)}}));
}

KeySource KeySource::backendApi(const Secret& secretKey, std::string_view apiUrl,
                                std::shared_ptr<http::Transport> transport) {
  requireSecretKey(secretKey);
  requireTransport(transport);
  const std::string url = http::checkedBaseUrl("apiUrl", apiUrl) + "/v1/jwks";
  return KeySource(std::make_shared<const State>(State{{RemoteKeys{std::move(transport), url, secretKey}}}));
}

KeySource KeySource::frontendApi(std::string_view publishableKey, std::shared_ptr<http::Transport> transport) {
  requireTransport(transport);
  const std::string issuer = parsePublishableKey(publishableKey).issuer();
  RemoteKeys remote{std::move(transport), issuer + "/.well-known/jwks.json", {}};
  return KeySource(std::make_shared<const State>(State{{std::move(remote), issuer}}));
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
