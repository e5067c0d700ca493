#include <liveblocks/clerk/session_verifier.hpp>

#include <algorithm>
#include <array>
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

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {
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

constexpr std::string_view notVerified = "a session could not be verified";

}  // namespace

struct SessionVerifier::State {
  State(const KeySource::State& source, const SessionVerifierOptions& options)
      : instance(readInstance(options.publishableKey)),
        validator(options, chooseIssuers(options.issuer, instance, source)),
        verifier(source, options),
        log(options.log) {}

  /// Without a deadline: no I/O.
  Result<SessionClaims> verify(std::string_view token, std::optional<Deadline> deadline, Carrier carrier) const {
    return verifier.verify(token, validator, {verifier.clock().wall(), carrier}, deadline);
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

  std::optional<PublishableKey> instance;
  ClaimsValidator validator;
  SessionTokenVerifier verifier;
  Log log;
};

SessionVerifier::SessionVerifier(const KeySource& keys, const SessionVerifierOptions& options)
    : state_(std::make_shared<const State>(*keys.state_, checkedVerifierOptions(options))) {}

// Each call keeps the state alive, so that the verifier may be destroyed while another thread waits for keys.

Result<SessionClaims> SessionVerifier::verify(std::string_view token, std::optional<Deadline> deadline) const {
  const auto state = state_;
  return state->guarded(notVerified, [&] { return state->verify(token, callDeadline(deadline), Carrier::header); });
}

Result<SessionClaims> SessionVerifier::verifyLocally(std::string_view token) const {
  const auto state = state_;
  return state->guarded(notVerified, [&] { return state->verify(token, std::nullopt, Carrier::header); });
}

Result<SessionClaims> SessionVerifier::authenticate(const http::RequestView& request,
                                                    std::optional<Deadline> deadline) const {
  const auto state = state_;
  return state->guarded(notVerified, [&]() -> Result<SessionClaims> {
    const auto token = state->findToken(request);
    if (!token) return token.error();
    return state->verify(token->text, callDeadline(deadline), token->carrier);
  });
}

Result<void> SessionVerifier::refreshKeys(std::optional<Deadline> deadline) const {
  const auto state = state_;
  return state->guarded("the keys could not be refreshed",
                        [&] { return state->verifier.keys().refresh(callDeadline(deadline)); });
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
