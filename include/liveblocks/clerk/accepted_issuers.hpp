/// @file
/// Whose tokens are accepted, by their claim `iss` (RFC 7519 section 4.1.1).
/// https://clerk.com/docs/reference/backend/verify-token
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// One issuer or several: `options.issuer = "https://clerk.example.com"`, or `{"https://a.example",
/// "https://b.example"}`; a text may be a list with commas. They are compared exactly, and in no order.
class LIVEBLOCKS_EXPORT AcceptedIssuers {
 public:
  /// None is named.
  AcceptedIssuers();
  /// @{
  /// That one; an empty text names none, as does null, which `std::getenv()` may give. Implicit, as the vendor's option
  /// is.
  AcceptedIssuers(std::string only);
  AcceptedIssuers(std::string_view only);
  AcceptedIssuers(const char* only);
  /// @}
  /// @{
  /// Any of these. An empty one among them throws `std::invalid_argument`.
  AcceptedIssuers(std::initializer_list<std::string> issuers);
  explicit AcceptedIssuers(std::vector<std::string> issuers);
  /// @}

  /// Whether none is named.
  bool empty() const noexcept;
  /// As they were given; none is empty.
  const std::vector<std::string>& values() const noexcept;

 private:
  std::vector<std::string> issuers_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
