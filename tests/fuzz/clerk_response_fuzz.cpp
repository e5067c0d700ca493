#include <algorithm>
#include <optional>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/organizations_api.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/sessions_api.hpp>
#include <liveblocks/clerk/users.hpp>

#include <nlohmann/json.hpp>

#include "clerk_request.hpp"
#include "core/base64.hpp"
#include "fuzz_target.hpp"
#include "upstream.hpp"

using namespace liveblocks;
using fuzzing::ClerkInstance;

namespace {

constexpr std::string_view secretKey = "sk_test_7f3kQ9vZ1mB6xL4pT8sWcR2nDjYh";

const ClerkInstance& instance() {
  static const ClerkInstance result("foo-bar-13.clerk.accounts.dev");
  return result;
}

const fuzzing::Upstream& upstream() {
  static const fuzzing::Upstream result(secretKey);
  return result;
}

clerk::Users makeUsers() {
  clerk::UsersOptions options;
  options.secretKey = Secret(secretKey);
  options.retry = false;
  options.log = upstream().log();
  return clerk::Users(options, upstream().transport());
}

clerk::Client makeClient() {
  clerk::ClientOptions options;
  options.secretKey = Secret(secretKey);
  options.retryCalls = false;
  options.log = upstream().log();
  return clerk::Client(options, upstream().transport());
}

clerk::RequestAuthenticator makeAuthenticator() {
  clerk::RequestAuthenticatorOptions options = instance().options();
  options.publicOrigin = ClerkInstance::origin;
  options.secretKey = Secret(secretKey);
  options.acceptsToken = clerk::AcceptedTokens::any();
  options.log = upstream().log();
  return clerk::RequestAuthenticator(clerk::KeySource::pem(instance().issuer().publicKeyPem()), options,
                                     upstream().transport());
}

nlohmann::json treeOf(const http::Response& response) {
  auto tree = nlohmann::json::parse(response.body, nullptr, false);
  return tree.is_object() ? tree : nlohmann::json::object();
}

void checkUser(const http::Response& response) {
  static const clerk::Users users = makeUsers();
  const auto user = users.get("user_1");
  if (!user) return upstream().checkError(user.error());
  const auto tree = treeOf(response);
  fuzzing::require(response.status == 200 && user->id == "user_1" && tree.at("id") == "user_1");
  fuzzing::require(user->banned == (tree.contains("banned") && tree["banned"] == true));
  fuzzing::require(user->raw == response.body && user->publicMetadata.isObject());
}

/// Of calls, what a decision about access depends on.
void checkCalls(const http::Response& response) {
  static const clerk::Client client = makeClient();
  const auto tree = treeOf(response);
  const auto session = client.call(clerk::api::getSession("sess_1"));
  if (session) {
    fuzzing::require(response.status < 300 && tree.at("id") == "sess_1" && tree.at("status") == session->status);
    fuzzing::require(tree.at("user_id") == session->userId && !session->userId.empty());
  } else {
    upstream().checkError(session.error());
  }
  const auto members = client.call(clerk::api::listOrganizationMemberships("org_1"));
  if (!members) return upstream().checkError(members.error());
  fuzzing::require(response.status < 300 && tree.at("data").size() == members->data.size());
  for (std::size_t i = 0; i < members->data.size(); ++i) {
    const auto& membership = members->data[i];
    const auto& one = tree.at("data").at(i);
    fuzzing::require(one.at("organization").at("id") == "org_1" && one.at("role") == membership.role);
    fuzzing::require(!membership.userId || one.at("public_user_data").at("user_id") == *membership.userId);
  }
}

/// Opaque tokens, and a nonce that is exchanged for cookies.
void checkRequests(const http::Response& response) {
  static const clerk::RequestAuthenticator authenticator = makeAuthenticator();
  const std::string uat = "__client_uat=1735689000; __clerk_db_jwt=dvb_1; ";
  for (const std::string& credential : {std::string("ak_7f3kQ9vZ1mB6xL4p"), std::string("mt_7f3kQ9vZ1mB6xL4p"),
                                        std::string("oat_7f3kQ9vZ1mB6xL4p"), std::string()}) {
    http::ReceivedRequest request{"GET", "/", {{"Authorization", "Bearer " + credential}}};
    if (credential.empty())
      request.headers = {{"Cookie", uat + "__clerk_handshake_nonce=abc"}, {"Accept", "text/html"}};
    const clerk::RequestState state = authenticator.authenticate(request);
    upstream().checkLine(state.message());
    if (state.error()) upstream().checkError(*state.error());
    for (const http::Header& header : state.headers()) fuzzing::require(fuzzing::isHeaderValue(header.value));
    if (state.status() != clerk::AuthStatus::signedIn) continue;
    const auto tree = treeOf(response);
    fuzzing::require(response.status == 200);
    if (credential.empty()) {
      fuzzing::require(response.body.find(instance().session()) != std::string::npos ||
                       tree.dump().find(instance().session()) != std::string::npos);
    } else {
      fuzzing::require(state.machineToken()->subject == tree.at("subject") && tree.at("revoked") == false);
      fuzzing::require(tree.at("expired") == false);
    }
  }
}

std::optional<std::string> modulusOf(const nlohmann::json& jwk) {
  const auto modulus = jwk.is_object() ? jwk.find("n") : jwk.end();
  if (modulus == jwk.end() || !modulus->is_string()) return std::nullopt;
  return base64url::decode(modulus->get<std::string>());
}

bool holdsOwnKey(const nlohmann::json& set) {
  static const auto own = modulusOf(nlohmann::json::parse(instance().issuer().jwks()).at("keys").at(0));
  const auto& keys = set.at("keys");
  return std::any_of(keys.begin(), keys.end(), [](const auto& jwk) { return modulusOf(jwk) == own; });
}

/// The session is accepted only with its own key.
void checkKeys(const http::Response& response) {
  clerk::SessionVerifierOptions options;
  options.clock = std::make_shared<testing::ManualClock>(ClerkInstance::now());
  options.log = upstream().log();
  const clerk::SessionVerifier verifier(
      clerk::KeySource::backendApi(Secret(secretKey), "https://api.clerk.com", upstream().transport()), options);
  const auto refreshed = verifier.refreshKeys();
  if (!refreshed) return upstream().checkError(refreshed.error());
  fuzzing::require(response.status == 200 && treeOf(response).at("keys").is_array());
  fuzzing::require(!verifier.verifyLocally(instance().session()) || holdsOwnKey(treeOf(response)));
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string token = R"("subject":"user_1","scopes":["a"],"revoked":false,"expired":false,"claims":{"a":1})";
  const std::string user =
      R"({"id":"user_1","image_url":"https://x/y","first_name":"Ada","last_name":null,"public_metadata":{"a":1},)"
      R"("primary_email_address_id":"e","email_addresses":[{"id":"e","email_address":"a@b.example"}],"banned":false})";
  const std::string machine = R"({"object":"machine_to_machine_token","id":"mt_1","subject":"mch_1","scopes":[],)"
                              R"("revoked":false,"expired":true})";
  const std::string application = R"({"object":"clerk_idp_oauth_access_token","id":"oat_1",)" + token +
                                  R"(,"expires_at":4102444800000,"client_id":"c","act":{"sub":"s"}})";
  const std::string directives =
      R"({"directives":["__session=)" + instance().session() + R"(; Path=/","__client_uat=1735689000"]})";
  const std::string echo = R"({"errors":[{"code":")" + std::string(secretKey) + R"("}],"clerk_trace_id":"t"})";
  const std::string session =
      R"({"id":"sess_1","user_id":"user_1","client_id":"c","status":"active","actor":null,"expire_at":1735689600000})";
  const std::string members =
      R"({"data":[{"id":"m","role":"org:admin","permissions":["org:a:b"],"organization":{"id":"org_1","name":"A"},)"
      R"("public_user_data":{"user_id":"user_1"},"public_metadata":{}}],"total_count":1})";
  const std::string refusal = R"({"errors":[{"code":"a","message":"m","long_message":"l","meta":{"param_name":"p"}},)"
                              R"({"code":"b","message":")" +
                              std::string(secretKey) + R"("}]})";
  return {responseText(200, session),
          responseText(200, members),
          responseText(422, refusal),
          responseText(200, instance().issuer().jwks()),
          responseText(200, user),
          responseText(200, R"({"object":"api_key","id":"ak_1",)" + token + R"(,"expiration":null,"name":"n"})"),
          responseText(200, application),
          responseText(200, machine),
          responseText(200, directives),
          responseText(401, echo, "cf-ray: 7\n"),
          responseText(429, R"({"errors":[{"code":"too_many_requests"}]})", "Retry-After: 10\n"),
          responseText(404, "not found")};
}

/// Whatever Clerk answers, with the status, headers and body of the input: nobody is signed in and no user is found but
/// by what an independent reader finds in a success, and the secret key gets into no error and no log.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const http::Response response = fuzzing::takeResponse(fuzzing::view(data, size));
  upstream().transport()->answer = response;
  checkUser(response);
  checkCalls(response);
  checkRequests(response);
  if (response.body.find("keys") != std::string::npos) checkKeys(response);
  return 0;
}
