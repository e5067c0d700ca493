/// The claims of a verified token, by name.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

#include "core/json_members.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwt {

/// Owns the payload and an index of its top level. Immutable.
class Claims {
 public:
  /// `payload` comes from `JwsVerifier::verifySignature()`.
  explicit Claims(std::string payload) : payload_(std::move(payload)), members_(json::members(payload_)) {}
  Claims(const Claims&) = delete;
  Claims& operator=(const Claims&) = delete;

  const std::string& payload() const noexcept { return payload_; }

  /// The JSON text of a claim; empty when it is absent.
  std::string_view find(std::string_view name) const { return json::findMember(members_, name); }

  /// The bytes of the payload and its index.
  std::size_t size() const noexcept { return payload_.capacity() + members_.capacity() * sizeof(json::Member); }

 private:
  std::string payload_;
  std::vector<json::Member> members_;
};

/// Seconds since 1970 (RFC 7519 §2, NumericDate) from the JSON text of a claim. nullopt unless it is an integer within
/// ±8,640,000,000,000, the range of ECMAScript's dates; fractions and exponents are refused.
inline std::optional<std::int64_t> toNumericDate(std::string_view text) noexcept {
  constexpr std::int64_t limit = 8'640'000'000'000;
  const std::optional<std::int64_t> value = json::toInteger(text);
  return value && *value >= -limit && *value <= limit ? value : std::nullopt;
}

/// The end of the clock's range where the clock cannot hold the time.
inline std::chrono::system_clock::time_point toTimePoint(std::int64_t secondsSince1970) noexcept {
  using TimePoint = std::chrono::system_clock::time_point;
  using Seconds = std::chrono::duration<std::int64_t>;
  constexpr auto latest = std::chrono::duration_cast<Seconds>(TimePoint::max().time_since_epoch()).count();
  constexpr auto earliest = std::chrono::duration_cast<Seconds>(TimePoint::min().time_since_epoch()).count();
  if (secondsSince1970 >= latest) return TimePoint::max();
  if (secondsSince1970 <= earliest) return TimePoint::min();
  return TimePoint(Seconds(secondsSince1970));
}

}  // namespace jwt
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
