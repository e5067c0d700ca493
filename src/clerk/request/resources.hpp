/// What the authentication of a request may have to wait for.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "clerk/key_source.hpp"
#include "clerk/opaque_tokens.hpp"
#include "clerk/request/setup.hpp"
#include "http/parked_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// The keys and Clerk's Backend API, as one request sees them; and all that its authentication changes outside of it.
class Resources {
 public:
  using Effect = std::function<void()>;

  Resources() = default;
  Resources(const Resources&) = delete;
  Resources& operator=(const Resources&) = delete;
  virtual ~Resources();

  /// As `SessionKeys::find()`.
  virtual Result<jwks::KeyPointer> findKey(const SessionKeys::KeyId& keyId) = 0;

  /// As `OpaqueTokenVerifier::verify()`. The token must be a part of the request.
  virtual Result<MachineToken> verifyToken(const OpaqueKind& kind, std::string_view token) = 0;

  /// The JSON text of the list of cookies that a nonce stands for; it may be empty. After an error of the kind
  /// `unavailable` the handshake may be valid.
  virtual Result<std::string> fetchHandshake(const std::string& nonce) = 0;

  /// Writes to a log, mostly. Must not throw.
  virtual void tell(Effect effect) = 0;
};

/// The outcomes for the ids of keys that one authentication asked for, so that each key is looked up once: several
/// tokens may name it, and passes repeat their questions. A key stays valid to the end, also if a fetch for another one
/// finds that it was withdrawn.
class FoundKeys {
 public:
  /// Null if the id is new.
  const Result<jwks::KeyPointer>* find(const SessionKeys::KeyId& keyId) const noexcept;
  /// Returns the outcome, which is valid until the next call.
  const Result<jwks::KeyPointer>& add(SessionKeys::KeyId keyId, Result<jwks::KeyPointer> key);

 private:
  std::vector<std::pair<SessionKeys::KeyId, Result<jwks::KeyPointer>>> keys_;
};

/// Waits for each of them, until the deadline.
class BlockingResources : public Resources {
 public:
  /// Borrows the setup.
  BlockingResources(const RequestSetup& setup, Deadline deadline) noexcept : setup_(setup), deadline_(deadline) {}

  Result<jwks::KeyPointer> findKey(const SessionKeys::KeyId& keyId) override;
  Result<MachineToken> verifyToken(const OpaqueKind& kind, std::string_view token) override;
  Result<std::string> fetchHandshake(const std::string& nonce) override;
  void tell(Effect effect) override { effect(); }

 private:
  const RequestSetup& setup_;
  const Deadline deadline_;
  FoundKeys keys_;
};

/// Waits for nothing: returns what is known, and notes the first thing that is missing. Then the outcome of the pass is
/// worthless, and so are its effects. What was missing is added, and the next pass goes further.
class KnownResources : public Resources {
 public:
  struct MissingKey {
    std::string keyId;
  };
  struct MissingToken {
    const OpaqueKind* kind;
    std::string_view token;
  };
  struct MissingHandshake {
    std::string nonce;
  };
  using Missing = std::variant<std::monostate, MissingKey, MissingToken, MissingHandshake>;

  /// Borrows the setup. Without a deadline keys that are a little too old are enough, as for
  /// `SessionVerifier::verifyLocally()`.
  KnownResources(const RequestSetup& setup, std::optional<Deadline> deadline) noexcept
      : setup_(setup), deadline_(deadline) {}

  Result<jwks::KeyPointer> findKey(const SessionKeys::KeyId& keyId) override;
  Result<MachineToken> verifyToken(const OpaqueKind& kind, std::string_view token) override;
  Result<std::string> fetchHandshake(const std::string& nonce) override;
  /// The effects of a pass wait for its end.
  void tell(Effect effect) override;

  /// Whether the pass lacked something.
  bool isIncomplete() const noexcept { return !std::holds_alternative<std::monostate>(missing_); }

  /// Whether a pass that counts has come to its end.
  bool isCommitted() const noexcept { return isCommitted_; }

  /// At the end of a pass that counts: its effects happen now, and later ones at once.
  void commit();

  /// At the end of another pass: forgets its effects, and returns what it lacked.
  Missing takeMissing();

  /// @{
  /// For the next pass. A key is the outcome for its id.
  void add(std::string keyId, Result<jwks::KeyPointer> key) { keys_.add(std::move(keyId), std::move(key)); }
  void add(Result<MachineToken> token) { token_ = std::move(token); }
  void add(Result<std::string> handshake) { handshake_ = std::move(handshake); }
  /// @}

 private:
  /// Notes what is missing unless something was missing before. The error stands in for it.
  Error lack(Missing missing);
  Deadline deadline() const noexcept { return deadline_.value_or((Deadline::max)()); }

  const RequestSetup& setup_;
  const std::optional<Deadline> deadline_;
  FoundKeys keys_;
  std::optional<Result<MachineToken>> token_;
  std::optional<Result<std::string>> handshake_;
  Missing missing_;
  std::vector<Effect> effects_;
  bool isCommitted_ = false;
};

/// A call of Clerk's Backend API that returns the cookies of a handshake. It is made once: a nonce is single-use, so a
/// repeated request would be rejected. Borrows the setup.
class NonceExchange {
 public:
  explicit NonceExchange(const RequestSetup& setup) noexcept : setup_(setup) {}

  /// Why no request is sent, if none is.
  std::optional<Error> obstacle(std::string_view nonce, Deadline deadline) const;

  /// Sends the request and reads the response, unless there is an obstacle.
  Result<std::string> send(std::string_view nonce, Deadline deadline) const;

  /// The same without blocking, as `http::detail::startWithRetry()`. There must be no obstacle.
  void start(std::string_view nonce, const http::detail::AsyncWait& wait, http::Transport::Completion done) const;

  /// The JSON text of the list of cookies; it may be empty.
  Result<std::string> read(const Result<http::Response>& response) const;

 private:
  http::Request request(std::string_view nonce) const;

  const RequestSetup& setup_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
