/// @file
/// What a user must have to get access, as in `auth.has({...})`.
/// https://clerk.com/docs/guides/secure/authorization-checks
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Which factor must have been verified, and how recently.
/// https://clerk.com/docs/guides/secure/reverification
struct LIVEBLOCKS_EXPORT Reverification {
  /// The factor that counts. For users without a second factor the first one counts instead.
  enum class Level { firstFactor, secondFactor, multiFactor };

  /// Both factors in the last 10 minutes.
  static Reverification strictMfa() noexcept;
  /// The second factor in the last 10 minutes.
  static Reverification strict() noexcept;
  /// The second factor in the last hour.
  static Reverification moderate() noexcept;
  /// The second factor in the last day.
  static Reverification lax() noexcept;

  /// The factors that count.
  Level level = Level::secondFactor;
  /// A factor that was verified this many minutes ago, or earlier, does not count. With 0 or less none counts.
  std::int64_t afterMinutes = 10;
};

/// All parts must be met. An empty requirement, or one with an empty name, is never met.
///
/// `auth.has(Requirement().role("org:admin").feature("reports"))`
class LIVEBLOCKS_EXPORT Requirement {
 public:
  /// An empty requirement.
  Requirement();

  /// @{
  /// The role, or a permission, in the active organization, with or without the prefix `org:`.
  Requirement& role(std::string value) &;
  Requirement role(std::string value) &&;
  Requirement& permission(std::string value) &;
  Requirement permission(std::string value) &&;
  /// @}
  /// @{
  /// A feature or a plan of the user or of the active organization. The prefix `user:` (`u:`) or `org:` (`o:`,
  /// `organization:`) restricts it to one of them.
  Requirement& feature(std::string value) &;
  Requirement feature(std::string value) &&;
  Requirement& plan(std::string value) &;
  Requirement plan(std::string value) &&;
  /// @}
  /// @{
  /// A recent verification of factors.
  Requirement& reverification(Reverification value) &;
  Requirement reverification(Reverification value) &&;
  /// @}

 private:
  friend class Auth;

  bool isEmpty() const noexcept;

  std::optional<std::string> role_;
  std::optional<std::string> permission_;
  std::optional<std::string> feature_;
  std::optional<std::string> plan_;
  std::optional<Reverification> reverification_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
