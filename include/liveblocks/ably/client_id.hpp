/// @file
/// Who the bearer of an Ably token is.
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

/// An identity that a token is bound to. There is no default: nobody becomes anonymous, or everybody, by accident.
///
/// Immutable; const access is thread-safe.
class LIVEBLOCKS_EXPORT ClientId {
 public:
  /// Bytes of a name, at most.
  static constexpr std::size_t maxBytes = 1024;

  /// The identity of that name, which Ably enforces on every operation of the client.
  ///
  /// `Errc::invalidRequest`, with Ably's code 40012, for a name that is empty, too long, `*` or malformed UTF-8, and
  /// for one with a control character (U+0000 to U+001F, U+007F): a line feed would move the bounds of what is signed.
  static Result<ClientId> named(std::string_view name);

  /// Nobody: the bearer can neither enter presence nor name itself.
  static ClientId anonymous();

  /// `*`: the bearer may act as **anyone**. For servers you trust, never for browsers.
  static ClientId wildcard();

  /// True for `anonymous()`.
  bool isAnonymous() const noexcept;

  /// As it goes into tokens; empty for `anonymous()`.
  const std::string& text() const noexcept;

 private:
  explicit ClientId(std::string text);

  std::string text_;
};

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
