/// @file
/// A Clerk instance inside the process: keys, users, handshakes, machine tokens. Part of the target
/// `liveblocks::testing`.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/json.hpp>
#include <liveblocks/secret.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// A user to pretend. What is left empty is null at Clerk.
struct FakeUser {
  std::string id = "user_1";
  std::string firstName = {};
  std::string lastName = {};
  std::string username = {};
  std::string emailAddress = {};
  std::string imageUrl = "https://img.clerk.com/preview.png";
  /// Set beside, or instead of, the members above, by their names at Clerk (`public_metadata`, ...).
  std::vector<std::pair<std::string, Json>> members = {};
};

/// Answers what the SDK asks of Clerk's Backend and Frontend API, and refuses what Clerk refuses: another secret key, a
/// path it does not know. Thread-safe. For tests and demos.
///
/// Pass it wherever the SDK takes a transport: `KeySource::backendApi()`, `Users`, `RequestAuthenticator`.
class LIVEBLOCKS_EXPORT FakeClerk : public http::Transport {
 public:
  explicit FakeClerk(ClerkIssuer issuer = ClerkIssuer(), Secret secretKey = "sk_test_fake");
  ~FakeClerk() override;

  /// Mints the instance's tokens.
  const ClerkIssuer& issuer() const noexcept;
  /// What callers must send.
  const Secret& secretKey() const noexcept;

  /// Adds a user, or replaces the one with that id.
  void addUser(const FakeUser& user);
  /// Removes a user.
  void removeUser(std::string_view id);
  /// Keeps the `Set-Cookie` lines of a handshake for whoever brings the nonce that is returned; once, as at Clerk.
  std::string addHandshake(std::vector<std::string> directives);
  /// Adds an opaque machine token, and returns its text (`ak_...`, `mt_...`, `oat_...`).
  std::string addMachineToken(const clerk::MachineToken& token);
  /// Makes Clerk say that the token was revoked.
  void revokeMachineToken(std::string_view token);

  /// Gives this answer to the next so many requests whose path begins so.
  void failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times = 1);

  /// @{
  /// Everything asked so far, in order.
  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;
  /// @}

  /// Never throws.
  Result<http::Response> send(const http::Request& request, const http::Call& call) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
