/// Opaque machine tokens: what the Backend API knows about them.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
/// Where tokens of a type are verified.
struct MachineTokenEndpoint {
  clerk::TokenType type;
  const char* path;
  /// The member of the body that holds the token.
  const char* member;
  /// What its tokens begin with.
  const char* prefix;
};

/// Null when no tokens are verified at that path.
const MachineTokenEndpoint* findMachineTokenEndpoint(std::string_view path) noexcept;

class MachineTokens {
 public:
  /// Returns the token's text. Throws `std::invalid_argument` for the type of sessions.
  std::string add(const clerk::MachineToken& token);
  /// Throws `std::invalid_argument` for a token that was not added.
  void revoke(std::string_view text);

  /// What Clerk says about a token at that moment: 200 also when it was revoked or has expired.
  http::Response verify(const MachineTokenEndpoint& endpoint, const std::string& body,
                        std::chrono::system_clock::time_point now) const;

 private:
  struct Entry {
    clerk::MachineToken token;
    bool revoked = false;
  };

  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
