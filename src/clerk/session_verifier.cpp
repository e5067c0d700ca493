#include <liveblocks/clerk/session_verifier.hpp>

#include <stdexcept>
#include <utility>

#include "clerk/key_source_state.hpp"
#include "clerk/publishable_key.hpp"
#include "clerk/session_content.hpp"
#include "clerk/session_keys.hpp"
#include "clerk/session_rules.hpp"
#include "clerk/session_token.hpp"
#include "clerk/verifier_options.hpp"
#include "jwt/jws_verifier.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

using Carrier = SessionToken::Carrier;

constexpr std::chrono::seconds defaultTimeout{5};

/// `cat` of session tokens, and of all tokens of an instance that opted out of categories. Machine tokens and tokens
/// from templates are signed with the same key.
std::vector<std::string> sessionCategories() { return {"cl_B7d4PD111AAA", "cl_I7d4PD111III"}; }

std::optional<PublishableKey> readInstance(const VerifierOptions& options) {
  if (options.publishableKey.empty()) return std::nullopt;
  return parsePublishableKey(options.publishableKey);
}

std::string chooseIssuer(const VerifierOptions& options, const std::optional<PublishableKey>& instance,
                         const KeyOrigin& origin) {
  if (!options.issuer.empty()) return options.issuer;
  if (!instance) return origin.issuer;
  if (!origin.issuer.empty() && origin.issuer != instance->issuer()) {
    throw std::invalid_argument("publishableKey is of another instance than the keys: set issuer if that is intended");
  }
  return instance->issuer();
}

Deadline deadlineOr(std::optional<Deadline> deadline) {
  return deadline.value_or(std::chrono::steady_clock::now() + defaultTimeout);
}

/// Turns what is thrown, which is lack of memory, into a value.
template <class F>
auto asResult(const F& work) -> decltype(work()) {
  try {
    return work();
  } catch (...) {
    return Error{Errc::internal, {}};
  }
}

}  // namespace

struct SessionVerifier::State {
  State(const KeyOrigin& origin, const VerifierOptions& options)
      : clock(options.clock ? options.clock : std::make_shared<const Clock>()),
        instance(readInstance(options)),
        keys(origin, options.keyCache, clock, options.log),
        rules(options, chooseIssuer(options, instance, origin)) {}

  /// Without a deadline: no I/O.
  Result<SessionClaims> verify(std::string_view token, std::optional<Deadline> deadline, Carrier carrier) const {
    auto payload = jws.open(token, [&](const SessionKeys::KeyId& keyId) { return keys.find(keyId, deadline); });
    if (!payload) return payload.error();
    const auto session = std::make_shared<SessionClaims::State>(*std::move(payload));
    if (auto problem = rules.read(*session, clock->wall(), carrier)) return *std::move(problem);
    return SessionClaims(session);
  }

  std::shared_ptr<const Clock> clock;
  std::optional<PublishableKey> instance;
  SessionKeys keys;
  SessionRules rules;
  jwt::JwsVerifier jws{sessionCategories()};
};

SessionVerifier::SessionVerifier(const KeySource& keys, const VerifierOptions& options) {
  checkOptions(options);
  state_ = std::make_shared<const State>(keys.state_->origin, options);
}

// Each call holds the state, so that destroying the verifier while another thread waits for keys does no harm.

Result<SessionClaims> SessionVerifier::verify(std::string_view token, std::optional<Deadline> deadline) const {
  const auto state = state_;
  return asResult([&] { return state->verify(token, deadlineOr(deadline), Carrier::header); });
}

Result<SessionClaims> SessionVerifier::verifyLocally(std::string_view token) const {
  const auto state = state_;
  return asResult([&] { return state->verify(token, std::nullopt, Carrier::header); });
}

Result<SessionClaims> SessionVerifier::authenticate(const http::RequestView& request,
                                                    std::optional<Deadline> deadline) const {
  const auto state = state_;
  return asResult([&]() -> Result<SessionClaims> {
    const auto token = locateSessionToken(request, state->instance ? &*state->instance : nullptr);
    if (!token) return token.error();
    return state->verify(token->text, deadlineOr(deadline), token->carrier);
  });
}

std::optional<Error> SessionVerifier::refreshKeys(std::optional<Deadline> deadline) const {
  const auto state = state_;
  return asResult([&] { return state->keys.refresh(deadlineOr(deadline)); });
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
