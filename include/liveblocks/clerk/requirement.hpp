/// @file
/// What a user must have to be let in, as in `auth.has({...})`.
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

/// How recently which factor must have been verified.
/// https://clerk.com/docs/guides/secure/reverification
struct LIVEBLOCKS_EXPORT Reverification {
  /// Which factor counts. Without a second factor the first one counts in its place.
  enum class Level { firstFactor, secondFactor, multiFactor };

  /// Both factors in the last 10 minutes.
  static Reverification strictMfa() noexcept;
  /// The second factor in the last 10 minutes.
  static Reverification strict() noexcept;
  /// The second factor in the last hour.
  static Reverification moderate() noexcept;
  /// The second factor in the last day.
  static Reverification lax() noexcept;

  /// The factor or factors.
  Level level = Level::secondFactor;
  /// A factor that was verified so many minutes ago is stale. Not above 0: nothing is ever fresh.
  std::int64_t afterMinutes = 10;
};

/// Everything that is asked for must hold; what asks for nothing, or for an empty name, holds for nobody.
///
/// `auth.has(Requirement().role("org:admin").feature("reports"))`
class LIVEBLOCKS_EXPORT Requirement {
 public:
  /// Asks for nothing yet.
  Requirement();

  /// @{
  /// The role, or a permission, in the active organization, with or without `org:` in front.
  Requirement& role(std::string value) &;
  Requirement&& role(std::string value) &&;
  Requirement& permission(std::string value) &;
  Requirement&& permission(std::string value) &&;
  /// @}
  /// @{
  /// A feature or a plan of the user or of the active organization; `user:` (`u:`) or `org:` (`o:`, `organization:`) in
  /// front asks for one of them.
  Requirement& feature(std::string value) &;
  Requirement&& feature(std::string value) &&;
  Requirement& plan(std::string value) &;
  Requirement&& plan(std::string value) &&;
  /// @}
  /// @{
  /// Factors verified recently.
  Requirement& reverification(Reverification value) &;
  Requirement&& reverification(Reverification value) &&;
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
