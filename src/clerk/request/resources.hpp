/// What the authentication of a request may have to wait for.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>

#include "clerk/key_source.hpp"
#include "clerk/opaque_tokens.hpp"
#include "clerk/request/setup.hpp"

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
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
