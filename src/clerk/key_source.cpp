#include <liveblocks/clerk/key_source.hpp>

#include <stdexcept>
#include <utility>

#include "clerk/backend_api.hpp"
#include "clerk/key_source.hpp"
#include "clerk/publishable_key.hpp"
#include "crypto/rsa_public_key.hpp"

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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
