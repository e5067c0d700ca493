/// What a pass over a request knows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "clerk/request/resources.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

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

  /// At the end of a pass that counts: its effects happen now, and later ones at once.
  void commit();

  /// At the end of another pass: forgets its effects, and returns what it lacked.
  Missing takeMissing();

  /// @{
  /// For the next pass. A key is the outcome for its id.
  void add(std::string keyId, Result<jwks::KeyPointer> key);
  void add(Result<MachineToken> token) { token_ = std::move(token); }
  void add(Result<std::string> handshake) { handshake_ = std::move(handshake); }
  /// @}

 private:
  /// Notes what is missing unless something was missing before. The error stands in for it.
  Error lack(Missing missing);
  Deadline deadline() const noexcept { return deadline_.value_or((Deadline::max)()); }

  const RequestSetup& setup_;
  const std::optional<Deadline> deadline_;
  std::vector<std::pair<std::string, Result<jwks::KeyPointer>>> keys_;
  std::optional<Result<MachineToken>> token_;
  std::optional<Result<std::string>> handshake_;
  Missing missing_;
  std::vector<Effect> effects_;
  bool isCommitted_ = false;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
