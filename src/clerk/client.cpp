#include <liveblocks/clerk/client.hpp>

#include <stdexcept>
#include <utility>

#include "clerk/backend_calls.hpp"
#include "clerk/key_source.hpp"
#include "clerk/request/setup.hpp"
#include "clerk/session_verifier.hpp"
#include "clerk/token_cache.hpp"
#include "clerk/verifier_options.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

using TransportPointer = std::shared_ptr<http::Transport>;

ClientOptions withClock(ClientOptions options) {
  if (!options.clock) options.clock = std::make_shared<const Clock>();
  return options;
}

KeySource sourceFor(const ClientOptions& options, const TransportPointer& transport) {
  if (!options.jwtKey.empty()) return KeySource::pem(options.jwtKey);
  if (!options.secretKey.empty()) return KeySource::backendApi(options.secretKey, options.apiUrl, transport);
  if (!options.publishableKey.empty()) return KeySource::frontendApi(options.publishableKey, transport);
  throw std::invalid_argument("no key of a Clerk instance: set jwtKey, secretKey or publishableKey");
}

RequestAuthenticatorOptions authenticatorOptions(const ClientOptions& options) {
  auto result = copySessionOptions<RequestAuthenticatorOptions>(options);
  result.machineIssuer = options.machineIssuer;
  result.publicOrigin = options.publicOrigin;
  result.trustForwardedHeaders = options.trustForwardedHeaders;
  result.secretKey = options.secretKey;
  result.machineSecretKey = options.machineSecretKey;
  result.apiUrl = options.apiUrl;
  result.isSatellite = options.isSatellite;
  result.satelliteAutoSync = options.satelliteAutoSync;
  result.domain = options.domain;
  result.proxyUrl = options.proxyUrl;
  result.signInUrl = options.signInUrl;
  return result;
}

/// The verifier accepts the issuers that the authenticator accepts. Behind a proxy that is a path of the application
/// tokens are issued under the URL of that path.
SessionVerifierOptions verifierOptions(const ClientOptions& options, const KeySource::State& source) {
  auto result = copySessionOptions<SessionVerifierOptions>(options);
  if (options.publishableKey.empty() || !options.issuer.empty()) return result;
  const RequestSetup setup(source, authenticatorOptions(options), nullptr);
  std::vector<std::string> issuers = setup.acceptedIssuers;
  const bool isSecure = ascii::startsWith(setup.options.publicOrigin, "https://");
  if (setup.hasPathAsProxy() && isSecure) issuers.push_back(setup.options.publicOrigin + setup.frontendUrl);
  result.issuer = AcceptedIssuers(std::move(issuers));
  return result;
}

std::optional<Users> usersFor(const ClientOptions& options, const TransportPointer& transport) {
  if (options.secretKey.empty() || transport == nullptr) return std::nullopt;
  UsersOptions result;
  result.secretKey = options.secretKey;
  result.apiUrl = options.apiUrl;
  result.timeout = options.userTimeout;
  result.cacheTtl = options.userCacheTtl;
  result.clock = options.clock;
  result.log = options.log;
  result.events = options.events;
  return Users(result, transport);
}

std::shared_ptr<const BackendCalls> callsFor(const ClientOptions& options, const TransportPointer& transport) {
  if (options.secretKey.empty() || transport == nullptr) return nullptr;
  return std::make_shared<const BackendCalls>(options, transport);
}

}  // namespace

struct Client::State {
  State(const ClientOptions& given, TransportPointer transportOfAll)
      : options(withClock(given)),
        transport(std::move(transportOfAll)),
        keys(share(sourceFor(options, transport), options)),
        verifier(keys, verifierOptions(options, *keys.state_)),
        users(usersFor(options, transport)),
        calls(callsFor(options, transport)) {
    if (!options.publishableKey.empty()) authenticator.emplace(keys, authenticatorOptions(options), transport);
  }

  /// The same source with one key cache and one token cache for all that is made from it.
  static KeySource share(const KeySource& source, const ClientOptions& options) {
    KeySource::State state = *source.state_;
    checkKeyCacheOptions(options.keyCache);
    checkTokenCacheOptions(options.tokenCache);
    state.shared =
        std::make_shared<const SessionKeys>(state, options.keyCache, options.clock, options.log,
                                            liveblocks::detail::EventSink::make(options.events, options.log));
    state.sharedTokens = TokenCache::make(options.tokenCache, options.clock);
    return KeySource(std::make_shared<const KeySource::State>(std::move(state)));
  }

  /// Throws `std::logic_error` if nothing can be called.
  const std::shared_ptr<const BackendCalls>& requireCalls() const {
    if (!calls) throw std::logic_error("clerk::Client::call() needs secretKey and a transport");
    return calls;
  }

  ClientOptions options;
  TransportPointer transport;
  KeySource keys;
  SessionVerifier verifier;
  std::optional<Users> users;
  /// Null without a secret key or a transport.
  std::shared_ptr<const BackendCalls> calls;
  /// For sessions in headers and cookies; nullopt without a publishable key.
  std::optional<RequestAuthenticator> authenticator;
};

Client::Client(const ClientOptions& options, std::shared_ptr<http::Transport> transport)
    : state_(std::make_shared<const State>(options, std::move(transport))) {}

SessionVerifier Client::sessionVerifier() const { return state_->verifier; }

RequestAuthenticator Client::requestAuthenticator(const AcceptedTokens& acceptsToken, CookiePolicy cookiePolicy) const {
  RequestAuthenticatorOptions options = authenticatorOptions(state_->options);
  options.acceptsToken = acceptsToken;
  options.cookiePolicy = cookiePolicy;
  return RequestAuthenticator(state_->keys, options, state_->transport);
}

RouteGuard Client::routeGuard(const RouteGuardOptions& options) const {
  return RouteGuard(state_->authenticator ? *state_->authenticator : requestAuthenticator(), options);
}

Users Client::users() const {
  if (!state_->users) throw std::logic_error("clerk::Client::users() needs secretKey and a transport");
  return *state_->users;
}

bool Client::canReadUsers() const noexcept { return state_->users.has_value(); }

Result<http::ApiResponse> Client::call(const http::ApiCall& call, std::optional<Deadline> deadline) const {
  return BackendCalls::perform(state_->requireCalls(), call, deadline);
}

void Client::callAsync(const http::ApiCall& call, Callback<Result<http::ApiResponse>> done,
                       const AsyncOptions& options) const {
  BackendCalls::start(state_->requireCalls(), call, std::move(done), options);
}

const Log& Client::log() const noexcept { return state_->options.log; }

Result<void> Client::refreshKeys(std::optional<Deadline> deadline) const {
  return state_->verifier.refreshKeys(deadline);
}

void Client::refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options) const {
  const auto state = state_;
  state->verifier.refreshKeysAsync(std::move(done), options);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
