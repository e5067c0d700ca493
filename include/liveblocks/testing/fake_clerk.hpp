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
#include <utility>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// That a user belongs to an organization.
struct FakeMembership {
  /// `org_...`.
  std::string organizationId = "org_1";
  /// `org:admin` and the like.
  std::string role = "org:member";
  /// The organization's name in URLs. Empty: it has none.
  std::string slug = {};
  /// What people call the organization. Empty: its id.
  std::string name = {};
  /// `org:<feature>:<permission>`.
  std::vector<std::string> permissions = {};
};

/// A user to pretend. What is left empty is null at Clerk.
struct FakeUser {
  /// `user_...`.
  std::string id = "user_1";
  /// @{
  /// The name.
  std::string firstName = {};
  std::string lastName = {};
  std::string username = {};
  /// @}
  /// The primary address.
  std::string emailAddress = {};
  /// The picture.
  std::string imageUrl = "https://img.clerk.com/preview.png";
  /// Set beside, or instead of, the members above, by their names at Clerk (`public_metadata`, ...).
  std::vector<std::pair<std::string, Json>> members = {};
  /// Seen at the Frontend API (`FakeFrontendApi`) and in the tokens that come from there.
  std::vector<FakeMembership> memberships = {};
};

/// Answers what the SDK asks of Clerk, and refuses what Clerk refuses. Thread-safe. For tests and demos.
///
/// Pass it wherever the SDK takes a transport: `KeySource::backendApi()`, `Users`, `RequestAuthenticator`. Requests to
/// the issuer's host reach its Frontend API, those to any other host the Backend API:
///
/// | request | answer |
/// |---|---|
/// | `GET https://<frontend API>/.well-known/jwks.json` | the key set, to anybody |
/// | `GET /v1/jwks` | the key set |
/// | `GET /v1/users/{id}` | a user that was added |
/// | `GET /v1/clients/handshake_payload?nonce=` | the directives of a handshake, once |
/// | `POST /api_keys/verify` `{"secret"}` | an API key that was added |
/// | `POST /m2m_tokens/verify` `{"token"}` | a machine-to-machine token that was added |
/// | `POST /oauth_applications/access_tokens/verify` `{"access_token"}` | an OAuth token that was added |
/// | anything else | 404, `resource_not_found` |
///
/// The Backend API wants the secret key: 401, `authorization_invalid` without one, `clerk_key_invalid` with another.
/// The deadline, `maxBody` and `cancelled` of a call are kept; nothing waits but what
/// `delayNext()` delays.
class LIVEBLOCKS_EXPORT FakeClerk : public http::Transport {
 public:
  /// Handshakes that nobody has come for yet.
  static constexpr std::size_t maxHandshakes = 1000;

  /// Without a secret key it has one that fits the issuer's publishable key, `sk_live_...` or `sk_test_...`. By `clock`
  /// machine tokens expire; null: the system's. Throws `std::runtime_error` when no key can be made.
  explicit FakeClerk(ClerkIssuer issuer = ClerkIssuer(), Secret secretKey = {},
                     std::shared_ptr<const Clock> clock = nullptr);
  ~FakeClerk() override;

  /// Mints the instance's tokens.
  const ClerkIssuer& issuer() const noexcept;
  /// What callers must send.
  const Secret& secretKey() const noexcept;
  /// What `/m2m_tokens/verify` takes as well; at first nothing.
  void setMachineSecretKey(Secret key);

  /// Adds a user, or replaces the one with that id. Throws `std::invalid_argument` for a membership whose organization
  /// has no id that begins with `org_`, for two of one organization, and for a permission of another form.
  void addUser(const FakeUser& user);
  /// The user with that id; nullopt for one who was not added, or was removed.
  std::optional<FakeUser> user(std::string_view id) const;
  /// Removes a user; one who is not there is removed already.
  void removeUser(std::string_view id);
  /// Keeps the `Set-Cookie` lines of a handshake for whoever brings the nonce that is returned; once, as at Clerk. Of
  /// those that nobody came for it keeps `maxHandshakes`, and forgets the oldest.
  std::string addHandshake(std::vector<std::string> directives);
  /// Adds an opaque machine token, and returns its text (`ak_...`, `mt_...`, `oat_...`).
  /// Throws `std::invalid_argument` for the type of sessions.
  std::string addMachineToken(const clerk::MachineToken& token);
  /// Makes Clerk say that the token was revoked. Throws `std::invalid_argument` for one that was not added.
  void revokeMachineToken(std::string_view token);

  /// Lets the next so many requests whose path begins so fail: with this error, or with this response instead of the
  /// real one. The SDK repeats what a repeat may mend: order enough faults, and end them with `clearFaults()`.
  void failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times = 1);
  /// Gives this response to the next so many requests whose path begins so, whatever they ask. The same as `failNext()`
  /// by a name that fits a success. Both stand in one queue.
  void answerNext(std::string pathPrefix, http::Response answer, std::size_t times = 1);
  /// Makes the next so many requests whose path begins so take that long, in real time and at most until the call's
  /// deadline or until it is cancelled. What they ask for is done at once, and is done even where the caller sees no
  /// more of it; only the answer, a scripted one too, comes late. Throws `std::invalid_argument` for a negative time.
  void delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times = 1);
  /// Forgets the faults, answers and delays that are left.
  void clearFaults();

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
