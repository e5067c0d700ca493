/// From the text of a token to its verified payload.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/result.hpp>

#include "crypto/rsa_public_key.hpp"
#include "jwt/header.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

/// The key that a header's `kid` names.
using FindKey =
    std::function<Result<std::shared_ptr<const crypto::RsaPublicKey>>(const std::optional<std::string>& keyId)>;

/// Judges header and signature. Thread-safe.
class JwsVerifier {
 public:
  explicit JwsVerifier(HeaderRules rules) : rules_(std::move(rules)) {}
  /// Of plain JWTs of these categories.
  explicit JwsVerifier(std::vector<std::string> categories) : rules_{std::move(categories)} {}

  /// The payload's JSON text, an object, whose signature was checked before it was looked at. A key is looked for only
  /// once the header is found to be in order.
  Result<std::string> open(std::string_view token, const FindKey& findKey) const;

 private:
  using HeaderPointer = std::shared_ptr<const Header>;

  HeaderPointer lastAccepted() const;
  void accept(HeaderPointer header) const;

  HeaderRules rules_;
  /// The tokens of one instance mostly have the same header: comparing it costs less than reading it.
  mutable std::mutex mutex_;
  mutable HeaderPointer lastAccepted_;
};

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
