#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/token_type.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "clerk/claims_validator.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/request/request.hpp"
#include "clerk/session_verifier.hpp"
#include "clerk/verifier_options.hpp"
#include "core/errors.hpp"
#include "core/logging.hpp"
#include "http/delivery.hpp"
#include "http/parked_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {
using liveblocks::detail::EventSink;

namespace {

constexpr std::array<std::string_view, 2> sessionCategories{"cl_B7d4PD111AAA", "cl_I7d4PD111III"};

}  // namespace

bool isSessionCategory(std::string_view category) noexcept {
  return std::find(sessionCategories.begin(), sessionCategories.end(), category) != sessionCategories.end();
}

void tell(const liveblocks::detail::EventSinkPointer& sink, Events::Verification verification,
          const TokenLookups& lookups) noexcept {
  if (sink == nullptr) return;
  for (int i = 0; i < lookups.hits; ++i) sink->cacheLookup("token", "hit");
  for (int i = 0; i < lookups.misses; ++i) sink->cacheLookup("token", "miss");
  for (int i = 0; i < lookups.stale; ++i) sink->cacheLookup("token", "stale");
  verification.cached = lookups.hits > 0 && verification.outcome == "ok";
  sink->verification(verification);
}

SessionTokenVerifier::SessionTokenVerifier(const KeySource::State& source, const SessionVerifierOptions& options)
    : clock_(options.clock ? options.clock : std::make_shared<const Clock>()),
      events_(EventSink::make(options.events, options.log)),
      keys_(source.shared
                ? source.shared
                : std::make_shared<const SessionKeys>(source, options.keyCache, clock_, options.log, events_)),
      tokens_(source.shared ? source.sharedTokens : TokenCache::make(options.tokenCache, clock_)),
      jws_({sessionCategories.begin(), sessionCategories.end()}) {}

// A token from the cache is accepted if its key is the one that is found now, and if the claims are valid now.
// Otherwise it is verified as if it were not there: no token is rejected because of the cache.
Result<SessionClaims> SessionTokenVerifier::verify(std::string_view token, const ClaimsValidator& validator,
                                                   const ValidationContext& context, const jwt::FindKey& findKey,
                                                   TokenLookups& lookups) const {
  if (tokens_ == nullptr) return verifyAnew(token, validator, context, findKey);
  const auto known = tokens_->find(token, context.now);
  if (known == nullptr) {
    ++lookups.misses;
    return verifyAnew(token, validator, context, findKey);
  }
  auto key = findKey(known->keyId);
  if (key && *key == known->key && validator.accepts(*known->session, context)) {
    ++lookups.hits;
    return SessionClaims(known->session);
  }
  ++lookups.stale;
  if (!key) return key.error();
  return verifyAnew(token, validator, context, [&key](const SessionKeys::KeyId& /*keyId*/) { return key; });
}

Result<SessionClaims> SessionTokenVerifier::verifyAnew(std::string_view token, const ClaimsValidator& validator,
                                                       const ValidationContext& context,
                                                       const jwt::FindKey& findKey) const {
  struct {
    const jwt::FindKey& find;
    VerifiedToken verified;
  } search{findKey, {}};
  const jwt::FindKey findAndNote = [&search](const SessionKeys::KeyId& keyId) {
    auto key = search.find(keyId);
    if (key) search.verified = {keyId, *key, nullptr};
    return key;
  };
  auto payload = verifySignature(token, tokens_ != nullptr ? findAndNote : findKey);
  if (!payload) return payload.error();
  auto session = validator.session(*std::move(payload), context);
  if (!session) return session.error();
  if (tokens_ != nullptr) {
    search.verified.session = *session;
    tokens_->store(token, std::move(search.verified));
  }
  return SessionClaims(*std::move(session));
}

}  // namespace detail

using namespace detail;

AcceptedIssuers::AcceptedIssuers() = default;

AcceptedIssuers::AcceptedIssuers(std::string only) {
  if (!only.empty()) issuers_.push_back(std::move(only));
}

AcceptedIssuers::AcceptedIssuers(std::string_view only) : AcceptedIssuers(std::string(only)) {}

AcceptedIssuers::AcceptedIssuers(const char* only) : AcceptedIssuers(std::string(only == nullptr ? "" : only)) {}

AcceptedIssuers::AcceptedIssuers(std::initializer_list<std::string> issuers)
    : AcceptedIssuers(std::vector<std::string>(issuers)) {}

AcceptedIssuers::AcceptedIssuers(std::vector<std::string> issuers) : issuers_(std::move(issuers)) {
  if (std::any_of(issuers_.begin(), issuers_.end(), [](const std::string& issuer) { return issuer.empty(); })) {
    throw std::invalid_argument("the list of issuers contains an empty entry");
  }
}

bool AcceptedIssuers::empty() const noexcept { return issuers_.empty(); }

const std::vector<std::string>& AcceptedIssuers::values() const noexcept { return issuers_; }

Result<SessionToken> findSessionToken(const http::RequestView& request, std::string_view publishableKey) {
  if (publishableKey.empty()) return ParsedRequest(request, {}, CookieLimits::none()).sessionToken(nullptr);
  const PublishableKey instance = parsePublishableKey(publishableKey);
  return ParsedRequest(request, instance.cookieSuffix, CookieLimits::none()).sessionToken(&instance);
}

namespace {

using Carrier = SessionToken::Carrier;
using http::detail::AsyncWait;
using http::detail::Delivery;
using KeyId = SessionKeys::KeyId;
using KeyResult = Result<jwks::KeyPointer>;
using Claims = Result<SessionClaims>;

constexpr std::string_view notVerified = "a session could not be verified";

}  // namespace

struct SessionVerifier::State {
  State(const KeySource::State& source, const SessionVerifierOptions& options)
      : instance(readInstance(options.publishableKey)),
        validator(options, chooseIssuers(options.issuer, instance, source)),
        verifier(source, options),
        log(options.log) {}

  Claims verify(std::string_view token, const ValidationContext& context, const jwt::FindKey& findKey,
                TokenLookups& lookups) const {
    return verifier.verify(token, validator, context, findKey, lookups);
  }

  Claims verify(std::string_view token, Carrier carrier, std::optional<Deadline> deadline,
                TokenLookups& lookups) const {
    const Deadline end = callDeadline(deadline);
    return verify(
        token, {now(), carrier}, [&](const KeyId& keyId) { return keys().find(keyId, end); }, lookups);
  }

  Claims verifyLocally(std::string_view token, Carrier carrier, TokenLookups& lookups) const {
    return verify(
        token, {now(), carrier},
        [&](const KeyId& keyId) {
          auto key = keys().findLocally(keyId);
          return key ? *std::move(key) : keysMustBeFetched();
        },
        lookups);
  }

  Result<SessionToken> findToken(const http::RequestView& request) const {
    const std::string_view suffix = instance ? instance->cookieSuffix : std::string_view();
    const ParsedRequest parsed(request, suffix, CookieLimits::none());
    return parsed.sessionToken(instance ? &*instance : nullptr);
  }

  /// The result of `work`. An exception is logged as the reason for `failure`, and becomes an error.
  template <class F>
  auto guarded(std::string_view failure, const F& work) const -> decltype(work()) {
    try {
      return work();
    } catch (...) {
      logging::writeException(log, failure);
      return errors::internal();
    }
  }

  /// A verification, which `work` makes and notes its look-ups.
  template <class F>
  Claims verification(const F& work) const {
    TokenLookups lookups;
    Claims claims = guarded(notVerified, [&] { return work(lookups); });
    report(claims, lookups);
    return claims;
  }

  /// The same for work that calls back later.
  template <class F>
  void verification(const Delivery<Claims>& delivery, const F& work) const noexcept {
    try {
      work();
    } catch (...) {
      logging::writeException(log, notVerified);
      deliver(delivery, errors::internal(), {});
    }
  }

  void deliver(const Delivery<Claims>& delivery, Claims claims, const TokenLookups& lookups) const noexcept {
    report(claims, lookups);
    delivery.later(keys().transport().get(), std::move(claims));
  }

  void report(const Claims& claims, const TokenLookups& lookups) const noexcept {
    if (verifier.events() == nullptr) return;
    Events::Verification verification{operations::verifySession, "ok", name(TokenType::sessionToken)};
    if (!claims) {
      verification.error = claims.error().code;
      verification.outcome = name(claims.error().code);
    }
    tell(verifier.events(), verification, lookups);
  }

  AsyncWait waitOf(const AsyncOptions& given) const {
    return {keys().transport(), callDeadline(given.deadline), given.cancellation};
  }

  const SessionKeys& keys() const noexcept { return verifier.keys(); }
  std::chrono::system_clock::time_point now() const { return verifier.clock().wall(); }

  std::optional<PublishableKey> instance;
  ClaimsValidator validator;
  SessionTokenVerifier verifier;
  Log log;
};

/// An asynchronous verification. A pass over the token that lacks the key is repeated once the key has been found.
class SessionVerifier::Verification : public std::enable_shared_from_this<Verification> {
 public:
  Verification(std::shared_ptr<const State> state, SessionToken token, AsyncWait wait,
               Delivery<Claims> delivery) noexcept
      : state_(std::move(state)), token_(std::move(token)), wait_(std::move(wait)), delivery_(std::move(delivery)) {}

  void run() noexcept {
    state_->verification(delivery_, [this] { pass(); });
  }

 private:
  void pass() {
    if (!now_) now_ = state_->now();
    KeyId missing;
    TokenLookups lookups;
    Claims claims = state_->verify(
        token_.text, {*now_, token_.carrier}, [&](const KeyId& keyId) { return find(keyId, missing); }, lookups);
    if (!missing) return state_->deliver(delivery_, std::move(claims), lookups);
    state_->keys().findAsync(*missing, wait_, [self = shared_from_this()](KeyResult key) {
      self->key_ = std::move(key);
      self->run();
    });
  }

  KeyResult find(const KeyId& keyId, KeyId& missing) const {
    if (key_) return *key_;
    auto key = state_->keys().findNow(keyId, wait_.deadline);
    if (key) return *std::move(key);
    missing = keyId;
    return keysMustBeFetched();
  }

  const std::shared_ptr<const State> state_;
  const SessionToken token_;
  const AsyncWait wait_;
  const Delivery<Claims> delivery_;
  /// The time of the first pass.
  std::optional<std::chrono::system_clock::time_point> now_;
  /// What was found for the id that the token names.
  std::optional<KeyResult> key_;
};

SessionVerifier::SessionVerifier(const KeySource& keys, const SessionVerifierOptions& options)
    : state_(std::make_shared<const State>(*keys.state_, checkedVerifierOptions(options))) {}

// Each call keeps the state alive, so that the verifier may be destroyed while another thread waits for keys.

Result<SessionClaims> SessionVerifier::verify(std::string_view token, std::optional<Deadline> deadline) const {
  const auto state = state_;
  return state->verification(
      [&](TokenLookups& lookups) { return state->verify(token, Carrier::header, deadline, lookups); });
}

Result<SessionClaims> SessionVerifier::verifyLocally(std::string_view token) const {
  const auto state = state_;
  return state->verification(
      [&](TokenLookups& lookups) { return state->verifyLocally(token, Carrier::header, lookups); });
}

void SessionVerifier::verifyAsync(std::string token, Callback<Result<SessionClaims>> done,
                                  const AsyncOptions& options) const {
  const auto state = state_;
  Delivery<Claims> delivery(std::move(done), options.executor);
  std::shared_ptr<Verification> verification;
  state->verification(delivery, [&] {
    SessionToken given{std::move(token), Carrier::header};
    verification = std::make_shared<Verification>(state, std::move(given), state->waitOf(options), std::move(delivery));
  });
  if (verification != nullptr) verification->run();
}

Result<SessionClaims> SessionVerifier::authenticate(const http::RequestView& request,
                                                    std::optional<Deadline> deadline) const {
  const auto state = state_;
  return state->verification([&](TokenLookups& lookups) -> Claims {
    const auto token = state->findToken(request);
    if (!token) return token.error();
    return state->verify(token->text, token->carrier, deadline, lookups);
  });
}

Result<SessionClaims> SessionVerifier::authenticateLocally(const http::RequestView& request) const {
  const auto state = state_;
  return state->verification([&](TokenLookups& lookups) -> Claims {
    const auto token = state->findToken(request);
    if (!token) return token.error();
    return state->verifyLocally(token->text, token->carrier, lookups);
  });
}

void SessionVerifier::authenticateAsync(const http::ReceivedRequest& request, Callback<Result<SessionClaims>> done,
                                        const AsyncOptions& options) const {
  const auto state = state_;
  Delivery<Claims> delivery(std::move(done), options.executor);
  std::shared_ptr<Verification> verification;
  state->verification(delivery, [&] {
    AsyncWait wait = state->waitOf(options);
    auto token = state->findToken(request);
    if (!token) return state->deliver(delivery, token.error(), {});
    verification = std::make_shared<Verification>(state, *std::move(token), std::move(wait), std::move(delivery));
  });
  if (verification != nullptr) verification->run();
}

Result<void> SessionVerifier::refreshKeys(std::optional<Deadline> deadline) const {
  const auto state = state_;
  return state->guarded(keysNotRefreshed, [&] { return state->keys().refresh(callDeadline(deadline)); });
}

void SessionVerifier::refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options) const {
  const auto state = state_;
  detail::refreshKeysAsync(state->verifier.sharedKeys(), state->log, std::move(done), options);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
