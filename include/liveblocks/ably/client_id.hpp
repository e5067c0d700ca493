/// @file
/// The client ids of Ably tokens.
/// https://ably.com/docs/auth/identified-clients
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// The identity that a token is bound to. There is no default, so that no bearer is anonymous, or anyone, by accident.
///
/// Immutable; const access is thread-safe.
class LIVEBLOCKS_EXPORT ClientId {
 public:
  /// The size limit of a name, in bytes.
  static constexpr std::size_t maxBytes = 1024;

  /// The identity with that name, which Ably enforces on every operation of the client.
  ///
  /// Returns `Errc::invalidRequest`, with Ably's code 40012, for a name that is empty, too long, `*` or malformed
  /// UTF-8, and for one with a control character (U+0000 to U+001F, U+007F): a line feed would shift the fields of the
  /// signed text.
  static Result<ClientId> named(std::string_view name);

  /// No identity: the bearer can neither enter presence nor choose a client id.
  static ClientId anonymous();

  /// `*`: the bearer may act as **anyone**. For servers you trust, never for browsers.
  static ClientId wildcard();

  /// Whether this is `anonymous()`.
  bool isAnonymous() const noexcept;

  /// The client id in tokens; empty for `anonymous()`.
  const std::string& text() const noexcept;

 private:
  explicit ClientId(std::string text);

  std::string text_;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
