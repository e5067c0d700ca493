/// @file
/// The accepted issuers of tokens: the values of `iss` (RFC 7519 section 4.1.1).
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
/// "https://b.example"}`; a string may be a comma-separated list. Issuers are compared exactly; their order is
/// irrelevant.
class LIVEBLOCKS_EXPORT AcceptedIssuers {
 public:
  /// No issuer.
  AcceptedIssuers();
  /// @{
  /// One issuer. An empty string is no issuer, and neither is null, which `std::getenv()` may return. Implicit, like
  /// the option of Clerk's SDK.
  AcceptedIssuers(std::string only);
  AcceptedIssuers(std::string_view only);
  AcceptedIssuers(const char* only);
  /// @}
  /// @{
  /// Any of these issuers. Throws `std::invalid_argument` if one of them is empty.
  AcceptedIssuers(std::initializer_list<std::string> issuers);
  explicit AcceptedIssuers(std::vector<std::string> issuers);
  /// @}

  /// Whether there is no issuer.
  bool empty() const noexcept;
  /// The issuers as they were passed in. None of them is empty.
  const std::vector<std::string>& values() const noexcept;

 private:
  std::vector<std::string> issuers_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
