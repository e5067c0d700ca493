/// @file
/// A local Clerk instance: mints tokens that a verifier accepts. Part of the target `liveblocks::testing`.
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

/// The content of a token to mint. What is left empty is left out of the token, unless said otherwise. Every token has
/// `nbf` 10 s before `iat`, and `fva` as after signing in with one factor just now.
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
  /// Negative: the token has expired before it was issued.
  std::chrono::seconds lifetime{60};
  /// Set beside, or instead of, the claims above; a name mapped to nullopt removes the claim.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Likewise for the header.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// The content of a custom token to mint, as of a JWT template. It has `nbf` as a session token has.
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
  /// Negative: the token has expired before it was issued.
  std::chrono::seconds lifetime{60};
  /// What the template adds; otherwise as of `SessionTokenSpec`.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Likewise for the header.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// The content of a machine-to-machine token to mint, in the form of a JWT.
/// https://clerk.com/docs/guides/development/machine-auth/m2m-tokens
struct M2mTokenSpec {
  /// `sub`, the machine that sends it.
  std::string machineId = "mch_1";
  /// `jti`.
  std::string id = "mt_1";
  /// `scopes`, in one text, and `aud`, as a list: the machines that it may be sent to.
  std::vector<std::string> scopes = {};
  /// Default: now.
  std::optional<std::chrono::system_clock::time_point> issuedAt = {};
  /// Negative: the token has expired before it was issued.
  std::chrono::seconds lifetime{60};
  /// Custom claims; otherwise as of `SessionTokenSpec`.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Likewise for the header.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// The content of an OAuth access token to mint, in the form of a JWT (RFC 9068).
/// https://clerk.com/docs/guides/development/verifying-oauth-access-tokens
struct OauthTokenSpec {
  /// `sub`, in whose name it is used.
  std::string userId = "user_1";
  /// `jti`.
  std::string id = "oat_1";
  /// `client_id`, the application that it was given to.
  std::string clientId = "client_1";
  /// `scope`, in one text.
  std::vector<std::string> scopes = {};
  /// `act`.
  std::vector<clerk::TokenActor> actors = {};
  /// Default: now.
  std::optional<std::chrono::system_clock::time_point> issuedAt = {};
  /// Negative: the token has expired before it was issued.
  std::chrono::seconds lifetime{60};
  /// As of `SessionTokenSpec`.
  std::vector<std::pair<std::string, std::optional<Json>>> claims = {};
  /// Likewise for the header.
  std::vector<std::pair<std::string, std::optional<Json>>> header = {};
};

/// Holds an RSA-2048 key made at construction (40 to 140 ms). Cheap to copy, immutable, thread-safe.
/// For tests and demos: never let a production verifier trust it.
class LIVEBLOCKS_EXPORT ClerkIssuer {
 public:
  /// `frontendApi` is the host of the pretended instance, `keyId` the `kid` of its key.
  /// Throws `std::runtime_error` when no key can be made.
  explicit ClerkIssuer(std::string frontendApi = "clerk.example.com", std::string keyId = "ins_test");

  /// `https://<frontendApi>`, the `iss` of its tokens.
  const std::string& issuer() const noexcept;
  /// The `kid` of its key.
  const std::string& keyId() const noexcept;
  /// `pk_live_...` or `pk_test_...` of the instance.
  std::string publishableKey() const;
  /// SubjectPublicKeyInfo in PEM, as in `CLERK_JWT_KEY`.
  std::string publicKeyPem() const;
  /// The JWK Set with the one key.
  std::string jwks() const;

  /// Throws `std::invalid_argument` for a version or a permission that cannot be encoded.
  std::string sessionToken(const SessionTokenSpec& spec = {}) const;
  /// A token of the category of JWT templates.
  std::string templateToken(const TemplateTokenSpec& spec = {}) const;
  /// A token of the category of machines.
  std::string m2mToken(const M2mTokenSpec& spec = {}) const;
  /// A token of the type `at+jwt`, without a category.
  std::string oauthToken(const OauthTokenSpec& spec = {}) const;
  /// What the Frontend API hands a browser that comes back from a handshake: `Set-Cookie` lines, as the claim
  /// `handshake`. It never expires.
  std::string handshakeToken(const std::vector<std::string>& directives) const;

  /// Signs any header and payload text with RS256, however little sense they make.
  std::string sign(std::string_view header, std::string_view payload) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
