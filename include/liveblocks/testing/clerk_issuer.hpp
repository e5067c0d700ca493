/// @file
/// A local Clerk instance that issues tokens that a verifier accepts. Part of the target `liveblocks::testing`.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/machine_token.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/json.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// The content of a session token to issue. Empty members are left out of the token unless stated otherwise. Every
/// token has `nbf` 10 s before `iat`, and an `fva` as if the user had just signed in with one factor.
struct SessionTokenSpec {
  /// `sub`.
  std::string userId = "user_1";
  /// `sid`.
  std::string sessionId = "sess_1";
  /// `azp`.
  std::string authorizedParty = {};
  /// Session token version: 1 (`org_id` and so on) or 2 (`o`). In version 2 the permissions of an organization must
  /// have the form `org:<feature>:<permission>`.
  int version = 2;
  /// The active organization.
  std::optional<clerk::Organization> organization = {};
  /// `act`.
  std::optional<clerk::Actor> actor = {};
  /// `sts`.
  std::string status = "active";
  /// Default: now.
  std::optional<std::chrono::system_clock::time_point> issuedAt = {};
  /// A negative lifetime makes the token expire before it is issued.
  std::chrono::seconds lifetime{60};
  /// Claims to add or replace; nullopt removes a claim.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Header parameters to add, replace or remove.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// The content of a custom token to issue, as from a JWT template. It has the same `nbf` as a session token.
/// https://clerk.com/docs/guides/sessions/jwt-templates
struct TemplateTokenSpec {
  /// `sub`.
  std::string userId = "user_1";
  /// `jti`.
  std::string id = "jwt_1";
  /// `azp`.
  std::string authorizedParty = {};
  /// Default: now.
  std::optional<std::chrono::system_clock::time_point> issuedAt = {};
  /// A negative lifetime makes the token expire before it is issued.
  std::chrono::seconds lifetime{60};
  /// Claims of the template; see `SessionTokenSpec::claims`.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Header parameters to add, replace or remove.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// The content of a machine-to-machine token to issue as a JWT.
/// https://clerk.com/docs/guides/development/machine-auth/m2m-tokens
struct M2mTokenSpec {
  /// `sub`, the machine that sends the token.
  std::string machineId = "mch_1";
  /// `jti`.
  std::string id = "mt_1";
  /// The machines that the token may be sent to: `scopes`, in one string, and `aud`, as a list.
  std::vector<std::string> scopes = {};
  /// Default: now.
  std::optional<std::chrono::system_clock::time_point> issuedAt = {};
  /// A negative lifetime makes the token expire before it is issued.
  std::chrono::seconds lifetime{60};
  /// Custom claims; see `SessionTokenSpec::claims`.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Header parameters to add, replace or remove.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// The content of an OAuth access token to issue as a JWT (RFC 9068).
/// https://clerk.com/docs/guides/development/verifying-oauth-access-tokens
struct OauthTokenSpec {
  /// `sub`, the user who authorized it.
  std::string userId = "user_1";
  /// `jti`.
  std::string id = "oat_1";
  /// `client_id`, the application that received it.
  std::string clientId = "client_1";
  /// `scope`, in one string.
  std::vector<std::string> scopes = {};
  /// `act`.
  std::vector<clerk::TokenActor> actors = {};
  /// Default: now.
  std::optional<std::chrono::system_clock::time_point> issuedAt = {};
  /// A negative lifetime makes the token expire before it is issued.
  std::chrono::seconds lifetime{60};
  /// See `SessionTokenSpec::claims`.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Header parameters to add, replace or remove.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// Signs with an RSA-2048 key that the constructor generates (40 to 140 ms). Cheap to copy, immutable, thread-safe.
/// Only for tests and demos: a production verifier must never trust it.
class LIVEBLOCKS_EXPORT ClerkIssuer {
 public:
  /// `frontendApi` is the host of the fake instance, `keyId` the `kid` of its key. Throws `std::runtime_error` if no
  /// key can be generated.
  explicit ClerkIssuer(std::string frontendApi = "clerk.example.com", std::string keyId = "ins_test");

  /// `https://<frontendApi>`, the `iss` of the tokens.
  const std::string& issuer() const noexcept;
  /// The `kid` of the key.
  const std::string& keyId() const noexcept;
  /// The publishable key of the instance, `pk_live_...` or `pk_test_...`.
  std::string publishableKey() const;
  /// The public key as SubjectPublicKeyInfo in PEM, as in `CLERK_JWT_KEY`.
  std::string publicKeyPem() const;
  /// The JWK Set that contains the key.
  std::string jwks() const;

  /// Issues a session token. Throws `std::invalid_argument` for an unknown version and an invalid permission.
  std::string sessionToken(const SessionTokenSpec& spec = {}) const;
  /// Issues a token of the category of JWT templates.
  std::string templateToken(const TemplateTokenSpec& spec = {}) const;
  /// Issues a token of the category of machines.
  std::string m2mToken(const M2mTokenSpec& spec = {}) const;
  /// Issues a token of the type `at+jwt`, without a category.
  std::string oauthToken(const OauthTokenSpec& spec = {}) const;
  /// Issues the token with which a browser returns from a handshake: it contains `Set-Cookie` lines in the claim
  /// `handshake`, and never expires.
  std::string handshakeToken(const std::vector<std::string>& directives) const;

  /// Signs any header and payload with RS256, even if they are invalid.
  std::string sign(std::string_view header, std::string_view payload) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
