/// @file
/// Keys and tokens that wipe themselves and do not print.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// A secret text. Its one heap buffer is shared by copies and overwritten when the last copy goes away.
///
/// Thread safety: distinct objects may be used concurrently, also when they share the buffer.
class LIVEBLOCKS_EXPORT Secret {
 public:
  /// Empty.
  Secret() noexcept;
  /// A null pointer counts as empty, so that the result of `std::getenv` may be handed in.
  Secret(const char* text);
  /// Copies the text.
  Secret(std::string_view text);
  /// Copies the text.
  Secret(const std::string& text);

  /// The text itself, valid while this object lives. For building requests; never log it.
  std::string_view reveal() const noexcept;
  /// True when there is no text.
  bool empty() const noexcept;

  /// What may be shown: the kind of key, as in `sk_...***`; `***` for anything else; empty for an empty secret.
  std::string redacted() const;

 private:
  std::shared_ptr<const std::string_view> text_;
};

/// Prints `secret.redacted()`.
LIVEBLOCKS_EXPORT std::ostream& operator<<(std::ostream& out, const Secret& secret);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
