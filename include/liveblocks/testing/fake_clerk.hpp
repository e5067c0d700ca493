/// @file
/// A fake Clerk inside the process: keys, users, organizations, sessions, handshakes, machine tokens. Part of the
/// target `liveblocks::testing`.
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

/// The membership of a user in an organization.
struct FakeMembership {
  /// `org_...`.
  std::string organizationId = "org_1";
  /// Such as `org:admin`.
  std::string role = "org:member";
  /// The slug of the organization; empty if it has none.
  std::string slug = {};
  /// The display name of the organization; empty for its id.
  std::string name = {};
  /// `org:<feature>:<permission>`.
  std::vector<std::string> permissions = {};
};

/// A user. Empty members are null at Clerk.
struct FakeUser {
  /// `user_...`.
  std::string id = "user_1";
  /// @{
  /// The parts of the name.
  std::string firstName = {};
  std::string lastName = {};
  std::string username = {};
  /// @}
  /// The primary email address.
  std::string emailAddress = {};
  /// The URL of the picture.
  std::string imageUrl = "https://img.clerk.com/preview.png";
  /// Members to add or replace, by their names at Clerk (`public_metadata`, ...).
  std::vector<std::pair<std::string, Json>> members = {};
  /// Visible in both APIs, and in the tokens that `FakeFrontendApi` issues.
  std::vector<FakeMembership> memberships = {};
};

/// An organization. Empty members are null at Clerk.
struct FakeOrganization {
  /// `org_...`.
  std::string id = "org_1";
  /// The display name; empty for the id.
  std::string name = {};
  /// The slug.
  std::string slug = {};
  /// Members to add or replace, by their names at Clerk (`public_metadata`, ...).
  std::vector<std::pair<std::string, Json>> members = {};
};

/// A session, as the Backend API shows it. The tokens of an issuer do not need one.
struct FakeSession {
  /// `sess_...`.
  std::string id = "sess_1";
  /// `user_...`.
  std::string userId = "user_1";
  /// `client_...`.
  std::string clientId = "client_1";
  /// As `clerk::api::Session::status`.
  std::string status = "active";
  /// The organization that was active last; empty if there is none.
  std::string organizationId = {};
  /// Members to add or replace, by their names at Clerk (`actor`, ...).
  std::vector<std::pair<std::string, Json>> members = {};
};

/// Responds to the requests that this library sends to Clerk, and rejects what Clerk rejects. Thread-safe. For tests
/// and demos.
///
/// Pass it wherever the library takes a transport. Requests to the issuer's host go to its Frontend API, those to any
/// other host to the Backend API:
///
/// | request | response |
/// |---|---|
/// | `GET https://<frontend API>/.well-known/jwks.json` | the key set; needs no key |
/// | `GET /v1/jwks` | the key set |
/// | `GET /v1/users/{id}` | a user that was added |
/// | `GET /v1/users`, `GET /v1/users/count` | those that match: see below |
/// | `PATCH /v1/users/{id}/metadata` | the user with merged metadata |
/// | `POST /v1/users/{id}/ban`, `unban`, `lock`, `unlock` | the user; a ban also revokes their sessions |
/// | `GET /v1/users/{id}/organization_memberships` | `FakeUser::memberships` |
/// | `GET /v1/sessions`, `GET /v1/sessions/{id}` | sessions that were added |
/// | `POST /v1/sessions/{id}/revoke` | the session, revoked |
/// | `GET /v1/organizations`, `GET /v1/organizations/{id or slug}` | those that were added, or have members |
/// | `GET` and `POST /v1/organizations/{id}/memberships` | the members; a new one |
/// | `PATCH` and `DELETE /v1/organizations/{id}/memberships/{user id}` | the member with another role; the former one |
/// | `GET /v1/clients/handshake_payload?nonce=` | the directives of a handshake, once |
/// | `POST /api_keys/verify` `{"secret"}` | an API key that was added |
/// | `POST /m2m_tokens/verify` `{"token"}` | a machine-to-machine token that was added |
/// | `POST /oauth_applications/access_tokens/verify` `{"access_token"}` | an OAuth token that was added |
/// | anything else | 404, `resource_not_found` |
///
/// The Backend API requires the secret key: 401 with `authorization_invalid` without one, with `clerk_key_invalid` for
/// another one. Lists are in the order of ids and take `limit` and `offset`; the filters are `user_id`,
/// `email_address`, `username`, `organization_id` and `query` of users, `user_id`, `client_id` and `status` of
/// sessions, `organization_id` and `query` of organizations, `user_id`, `role`, `email_address`, `username` and `query`
/// of members. Any other parameter is refused with 422. A member whose role was given by a request has no permissions.
/// The deadline, `maxBody` and `cancelled` of a call are respected. Only `delayNext()` makes calls wait.
class LIVEBLOCKS_EXPORT FakeClerk : public http::Transport {
 public:
  /// The number of stored handshakes.
  static constexpr std::size_t maxHandshakes = 1000;

  /// An empty secret key is replaced by one that matches the issuer's publishable key, `sk_live_...` or `sk_test_...`.
  /// `clock` decides when machine tokens expire; null for the system clock. Throws `std::runtime_error` if no key can
  /// be generated.
  explicit FakeClerk(ClerkIssuer issuer = ClerkIssuer(), Secret secretKey = {},
                     std::shared_ptr<const Clock> clock = nullptr);
  ~FakeClerk() override;

  /// Issues the instance's tokens.
  const ClerkIssuer& issuer() const noexcept;
  /// The key that callers must send.
  const Secret& secretKey() const noexcept;
  /// Sets another key that `/m2m_tokens/verify` accepts.
  void setMachineSecretKey(Secret key);

  /// Adds a user, or replaces the one with the same id. Throws `std::invalid_argument` for an organization whose id
  /// does not begin with `org_`, for two memberships of one organization, and for an invalid permission.
  void addUser(const FakeUser& user);
  /// Returns the user with that id; nullopt if there is none.
  std::optional<FakeUser> user(std::string_view id) const;
  /// Removes a user, if there is one with that id.
  void removeUser(std::string_view id);
  /// Adds an organization, or replaces the one with the same id. It need not be added to have members. Throws
  /// `std::invalid_argument` for an id that does not begin with `org_`.
  void addOrganization(const FakeOrganization& organization);
  /// Adds a session, or replaces the one with the same id.
  void addSession(const FakeSession& session);
  /// Returns the session with that id; nullopt if there is none.
  std::optional<FakeSession> session(std::string_view id) const;
  /// Stores the `Set-Cookie` lines of a handshake and returns a nonce that retrieves them once, as at Clerk. At most
  /// `maxHandshakes` are stored; the oldest is removed.
  std::string addHandshake(std::vector<std::string> directives);
  /// Adds an opaque machine token and returns its string (`ak_...`, `mt_...`, `oat_...`). Throws
  /// `std::invalid_argument` for session tokens.
  std::string addMachineToken(const clerk::MachineToken& token);
  /// Revokes a token. Throws `std::invalid_argument` for one that was not added.
  void revokeMachineToken(std::string_view token);

  /// Makes the next `times` requests whose path begins with `pathPrefix` fail with this error or response. The library
  /// retries some requests: prescribe enough failures, and end them with `clearFaults()`.
  void failNext(std::string pathPrefix, Result<http::Response> response, std::size_t times = 1);
  /// Responds to the next `times` requests whose path begins with `pathPrefix` with this response. The same as
  /// `failNext()`, with a name that suits a success. Both use one queue.
  void respondNext(std::string pathPrefix, http::Response response, std::size_t times = 1);
  /// Delays the responses to the next `times` requests whose path begins with `pathPrefix`, in real time (with a
  /// scheduler by its timers) and at most until the deadline or the cancellation of the call. The request takes effect
  /// at once, even if its caller no longer waits. Throws `std::invalid_argument` for a negative time.
  void delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times = 1);
  /// Removes the remaining failures, responses and delays.
  void clearFaults();

  /// Makes the fake asynchronous: from now on `start()` works, and its exchanges complete on this scheduler, such as a
  /// `ManualScheduler`, whose timers are the delays. Null: it can only block, as before.
  void setScheduler(std::shared_ptr<http::Scheduler> scheduler);

  /// @{
  /// The requests so far, in order.
  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;
  /// @}

  /// Never throws.
  Result<http::Response> send(const http::Request& request, const http::Call& call) override;
  bool start(http::Request& request, const http::Call& call, Completion& done) override;
  std::shared_ptr<http::Scheduler> scheduler() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
