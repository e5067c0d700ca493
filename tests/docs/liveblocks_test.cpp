// The code in docs/ably.md, docs/auth-endpoint.md, docs/permissions.md and docs/rooms.md.
#include <liveblocks/ably/token_request_signer.hpp>
#include <liveblocks/access_token.hpp>
#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace http = liveblocks::http;
using liveblocks::testing::FakeLiveblocks;

namespace {

struct Config {
  std::string ablyApiKey;
};

std::optional<http::Response> tokenRequestFor(const Config& config, const std::string& username,
                                              const std::string& documentId) {
  // ably.md signer: begin
  namespace ably = liveblocks::ably;

  const ably::TokenRequestSigner signer(config.ablyApiKey);  // appId.keyId:secret

  const auto clientId = ably::ClientId::named(username);
  const auto channel = ably::channelName("doc", documentId);
  if (!clientId || !channel) return std::nullopt;
  const auto capability = ably::Capability::of({{*channel, {ably::Operation::publish, ably::Operation::subscribe}}});
  if (!capability) return std::nullopt;
  const auto request = signer.sign({*clientId, *capability});
  if (!request) return std::nullopt;
  return http::Response{200, {{"Content-Type", "application/json"}}, request->json()};
  // ably.md signer: end
}

const std::shared_ptr<FakeLiveblocks>& fake() {
  static const auto instance = std::make_shared<FakeLiveblocks>();
  return instance;
}

liveblocks::Liveblocks client() {
  liveblocks::LiveblocksOptions options;
  options.secret = fake()->secretKey();
  return liveblocks::Liveblocks(options, fake());
}

liveblocks::Result<liveblocks::Caller> identify(const http::RequestView&, liveblocks::Deadline) {
  return liveblocks::Caller{"bob"};
}

liveblocks::Decision decide(const liveblocks::AuthRequest& request) {
  return liveblocks::Decision().allow(request.room.value_or("lobby"), liveblocks::FULL_ACCESS);
}

using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

http::Response withAccessToken(const liveblocks::Liveblocks& liveblocks, const Headers& headers,
                               std::string_view body) {
  // auth-endpoint.md endpoint: begin
  liveblocks::AuthEndpoint endpoint(liveblocks, identify, decide);
  liveblocks::http::Response response = endpoint.handle({"POST", "/api/liveblocks-auth", headers, body});
  // auth-endpoint.md endpoint: end
  return response;
}

http::Response withIdToken(const liveblocks::Liveblocks& liveblocks, const http::RequestView& request) {
  // auth-endpoint.md ID tokens: begin
  auto endpoint = liveblocks::AuthEndpoint::withIdTokens(liveblocks, identify);
  // auth-endpoint.md ID tokens: end
  // auth-endpoint.md deadline: begin
  const liveblocks::Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds(8);  // on arrival
  liveblocks::http::Response response = endpoint.handle(request, deadline);                          // on a thread
  // auth-endpoint.md deadline: end
  return response;
}

}  // namespace

TEST_CASE("docs: a token request for an Ably client") {
  const Config config{"app.key:not-a-secret"};
  CHECK(tokenRequestFor(config, "ada", "1").value().body.find("\"clientId\":\"ada\"") != std::string::npos);
  CHECK_FALSE(tokenRequestFor(config, "ada", "*"));
}

TEST_CASE("docs: an endpoint responds with either kind of token") {
  CHECK(withAccessToken(client(), {}, R"({"room":"r"})").status == 200);
  CHECK(withIdToken(client(), {"POST", "/api/liveblocks-auth", {}, R"({"room":"r"})"}).status == 200);
}

TEST_CASE("docs: patterns grant by the names of rooms") {
  liveblocks::Session session = client().prepareSession("bob");
  // permissions.md naming pattern: begin
  session.allow("acme:product:*", session.FULL_ACCESS).allow("acme:*", session.READ_ACCESS);
  // permissions.md naming pattern: end
  CHECK(session.permissionsFor("acme:product:1")->canWrite());
  CHECK_FALSE(session.permissionsFor("acme:sales:1")->canWrite());
}

TEST_CASE("docs: the more exact entry decides about what it names") {
  liveblocks::Session session = client().prepareSession("bob");
  // permissions.md exception: begin
  session.allow("acme:product:*", session.FULL_ACCESS).allow("acme:product:archive", {"storage:read"});
  // permissions.md exception: end
  CHECK_FALSE(session.permissionsFor("acme:product:archive")->canWrite(liveblocks::Resource::storage));
}

TEST_CASE("docs: what grants add up to") {
  using namespace liveblocks;
  const Liveblocks liveblocks = client();
  Session session = liveblocks.prepareSession("bob");
  session.allow("acme:product:*", FULL_ACCESS);
  const AuthResponse response = session.authorize();
  CreateRoomOptions options;
  options.groupsAccesses["product"] = FULL_ACCESS;
  const Room room = *liveblocks.createRoom("what grants add up to", options);
  const auto canWrite = [](const std::optional<PermissionMatrix>& matrix) { return matrix && matrix->canWrite(); };
  // permissions.md matrix: begin
  // Before authorizing; nullopt if no entry matches.
  const auto before = session.permissionsFor("acme:product:1");
  // Of an issued token.
  const auto issued = AccessToken::decodeUnverifiedBody(response.body)->permissionsFor("acme:product:1");
  // Of a user with an ID token, in a room from the REST API.
  const bool mayWrite = PermissionMatrix::of(room, "bob", {"product"}).canWrite();
  // Of a set of scopes.
  const bool mayReadStorage = PermissionMatrix::of(READ_ACCESS).canRead(Resource::storage);
  // permissions.md matrix: end
  CHECK(canWrite(before));
  CHECK(canWrite(issued));
  CHECK(mayWrite);
  CHECK(mayReadStorage);
}

TEST_CASE("docs: a set of scopes iterates and compares") {
  const liveblocks::Permissions accesses{"feeds:none", "*:read"};
  std::vector<std::string> shown;
  const auto show = [&shown](std::string_view scope) { shown.emplace_back(scope); };
  // permissions.md set: begin
  for (const std::string_view scope : accesses) show(scope);
  const bool isReader = accesses == liveblocks::Permissions{"*:read", "feeds:none"};  // in any order
  // permissions.md set: end
  CHECK(shown == std::vector<std::string>{"feeds:none", "*:read"});
  CHECK(isReader);
}

TEST_CASE("docs: the JSON of a room is read") {
  liveblocks::Room room;
  room.json =
      liveblocks::Json::parse(R"({"type": "room", "metadata": {"team": "product", "tags": ["a", "b"], "n": 1}})");
  std::vector<std::string> shown;
  const auto show = [&shown](const std::string& key, const std::string& value) { shown.push_back(key + "=" + value); };
  // rooms.md json: begin
  const liveblocks::Json metadata = room.json.find("metadata").value_or(nullptr);
  for (const auto& [key, value] : metadata.members()) {
    if (const auto text = value.asString()) show(key, *text);
    for (const liveblocks::Json& item : value.items()) show(key, item.asString().value_or(""));
  }
  // rooms.md json: end
  CHECK(shown == std::vector<std::string>{"team=product", "tags=a", "tags=b"});
}
