/// Compiled only: the public face as applications use it, in every form the documentation promises.
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/sdk.hpp>

namespace {

struct Task {
  int id;
  std::string ownerId;
};

std::optional<Task> findTask(const std::string& room) {
  if (room == "1") return Task{1, "user_alice"};
  return std::nullopt;
}

class BlockingTransport : public liveblocks::http::Transport {
 public:
  liveblocks::Result<liveblocks::http::Response> send(const liveblocks::http::Request&,
                                                      const liveblocks::http::Call&) override {
    return liveblocks::Error{liveblocks::Errc::connect, "no route"};
  }
};

liveblocks::AuthResponse ownUsers(const liveblocks::Liveblocks& client, const std::string& userId,
                                  const std::string& room) {
  const auto userInfo = liveblocks::Json::object({{"name", "Ada"}, {"color", "#f00"}, {"level", 3}, {"pro", true}});
  liveblocks::Session session = client.prepareSession(userId, {userInfo, "acme"});
  session.allow(room, session.FULL_ACCESS);
  return session.authorize();
}

int permissionsInEveryForm(const liveblocks::Liveblocks& client) {
  liveblocks::Session session = client.prepareSession("marc", {});
  session.allow("acme:product:*", session.FULL_ACCESS).allow("acme:*", session.READ_ACCESS);
  session.allow("design", {"room:read", "comments:write"});
  session.allow("x", {liveblocks::permissions::storageRead, "*:read"}).allow("y", {"*:read"});
  const std::vector<std::string> fromDatabase{"*:read", "feeds:none"};
  session.allow("z", fromDatabase);
  const liveblocks::AuthResponse response = session.authorize();
  const auto chained = client.prepareSession("u").allow("r", liveblocks::FULL_ACCESS);
  return response.error || response.body.empty() || !chained.hasPermissions() ? 1 : response.status;
}

int identities(const liveblocks::Liveblocks& client) {
  const auto full = client.identifyUser({"u", {"g1", "g2"}, "acme"}, {liveblocks::Json(nullptr)});
  const auto least = client.identifyUser({"u"});
  return full.status + least.upstreamStatus;
}

int clients() {
  const liveblocks::Liveblocks hosted({std::getenv("LIVEBLOCKS_SECRET_KEY")});
  const liveblocks::Liveblocks local({"sk_localdev", "http://localhost:1153"}, std::make_shared<BlockingTransport>());
  const liveblocks::Liveblocks sansIo({std::string("sk_x")}, nullptr);
  liveblocks::Session session = sansIo.prepareSession("u").allow("r", liveblocks::READ_ACCESS);
  const liveblocks::http::Request request = session.request();
  const auto failed = session.response(liveblocks::Error{liveblocks::Errc::timeout, "too slow"});
  const liveblocks::AuthResponse own = ownUsers(local, "u", "r");
  return permissionsInEveryForm(hosted) + identities(hosted) + (request.body == own.body && own.error && failed.error) +
         own.status;
}

liveblocks::clerk::SessionVerifier verifierInCpp17() {
  liveblocks::clerk::SessionVerifierOptions options;
  options.authorizedParties = {"https://app.example.com"};
  return liveblocks::clerk::SessionVerifier(liveblocks::clerk::KeySource::pem("-----BEGIN PUBLIC KEY-----"), options);
}

#if __cplusplus >= 202002L
int designatedInitializers() {
  const liveblocks::clerk::SessionVerifier verifier(
      liveblocks::clerk::KeySource::backendApi("sk_live"),
      {.authorizedParties = {"https://a.example"}, .issuer = "https://clerk.a.example"});
  const liveblocks::Liveblocks client({.secret = "sk_x", .allowInsecureHttp = true});
  const auto transport = liveblocks::http::makeCurlTransport({.maxIdleConnections = 2});
  return verifier.verifyLocally("token") && transport ? 1 : identities(client);
}
#endif

int errors(const liveblocks::clerk::SessionVerifier& verifier) {
  if (const auto claims = verifier.verify("token"); !claims) {
    const std::error_code code = claims.error().code;
    return code == liveblocks::Errc::expired || claims.error().kind() == liveblocks::ErrorKind::unavailable ? 503 : 401;
  } else {
    return static_cast<int>(claims->userId().size() + claims.value().stringClaim("email")->size());
  }
}

liveblocks::Decision decide(const liveblocks::Caller& caller, const std::optional<std::string>& room) {
  if (!room) return liveblocks::Decision::refuse("ask for a room");
  const auto task = findTask(*room);
  const auto& organization = caller.clerk->organization();
  const bool isOwner = task && task->ownerId == caller.userId;
  if (!isOwner && !(task && organization && organization->id == task->ownerId)) {
    return liveblocks::Decision::refuse("not your task");
  }
  return liveblocks::Decision().allow(*room, liveblocks::FULL_ACCESS);
}

int endpoints(liveblocks::Liveblocks client, const liveblocks::clerk::SessionVerifier& verifier) {
  const liveblocks::AuthEndpoint withClerk(client, liveblocks::clerkIdentity(verifier, "sk_live"), decide);
  const liveblocks::AuthEndpoint withUsers(client, liveblocks::clerkIdentity(verifier), decide);
  const auto withIdTokens = liveblocks::AuthEndpoint::withIdTokens(client, liveblocks::clerkIdentity(verifier));
  const liveblocks::AuthEndpoint withOwnUsers(
      std::move(client),
      [](const liveblocks::http::RequestView&, liveblocks::Deadline) -> liveblocks::Result<liveblocks::Caller> {
        return liveblocks::Caller{"bob"};
      },
      [](const liveblocks::Caller&, const auto&) { return liveblocks::Decision(); });
  const liveblocks::http::RequestView request{
      "POST", "/api/liveblocks-auth", {{"authorization", "Bearer t"}}, R"({"room":"1"})"};
  return withClerk.handle(request).status + withUsers.handle(request).status + withIdTokens.handle(request).status +
         withOwnUsers.handle(request).status;
}

void asynchronousCalls(const liveblocks::Liveblocks& client, const liveblocks::clerk::SessionVerifier& verifier) {
  liveblocks::CancellationSource source;
  client.getRoomAsync("r", [](const liveblocks::Result<liveblocks::Room>& room) { (void)room.ok(); },
                      {{}, source.token()});
  client.prepareSession("u").allow("r", liveblocks::FULL_ACCESS).authorizeAsync([](const auto& response) {
    (void)response.status;
  });
  const auto decideLater = [](const liveblocks::AuthRequest&, liveblocks::Callback<liveblocks::Decision> done) {
    done(liveblocks::Decision());
  };
  const liveblocks::AuthEndpoint endpoint(client, liveblocks::clerkIdentity(verifier), decideLater);
  endpoint.handleAsync({"POST", "/", {}, "{}"}, [](const liveblocks::http::Response&) {});
}

int ablyTokens(const std::string& username, const std::string& documentId) {
  namespace ably = liveblocks::ably;
  const ably::TokenRequestSigner signer("appId.keyId:secret");
  const auto clientId = ably::ClientId::named(username);
  const auto channel = ably::channelName("doc", documentId);
  if (!clientId || !channel) return 1;
  const auto capability = ably::Capability::of({{*channel, {ably::Operation::publish, ably::Operation::subscribe}}});
  if (!capability) return 1;
  const auto request = signer.sign({*clientId, *capability});
  const auto brief = signer.sign({*clientId, ably::Capability::allKeyCapabilities(), std::chrono::minutes(5)});
  const auto jwt = ably::JwtSigner("appId.keyId:secret").sign({*clientId, *capability});
  return request && brief && jwt && !request->json().empty() ? 0 : 1;
}

int webhookOf(const liveblocks::http::RequestView& request) {
  namespace webhooks = liveblocks::webhooks;
  webhooks::VerifierOptions options;
  options.secrets = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
  const webhooks::Verifier verifier(options);
  webhooks::DeduplicatorOptions once;
  once.store = std::make_shared<webhooks::MemorySeenStore>(webhooks::MemorySeenStoreOptions{1000});
  const webhooks::Deduplicator deduplicator(once);
  const liveblocks::Result<webhooks::Message> message = verifier.verify(request);
  if (!message) return message.error().kind() == liveblocks::ErrorKind::invalid ? 400 : 500;
  liveblocks::Result<webhooks::Claim> claim = deduplicator.claim(*message);
  if (!claim) return 503;
  if (claim->state() == webhooks::SeenState::inProgress) return 409;
  if (claim->state() == webhooks::SeenState::done) return 200;
  const auto event = liveblocks::readWebhookEvent(*message);
  if (!event || !liveblocks::clerk::readWebhookEvent(*message)) return 400;
  const auto* entered = std::get_if<liveblocks::events::UserEntered>(&event->content);
  if (entered == nullptr || entered->numActiveUsers < 1) return 500;
  return claim->done() ? 200 : 204;
}

}  // namespace

int main() {
  const liveblocks::clerk::SessionVerifier verifier = verifierInCpp17();
#if __cplusplus >= 202002L
  if (designatedInitializers() != 0) return 1;
#endif
  asynchronousCalls(liveblocks::Liveblocks({"sk_x"}), verifier);
  return clients() + errors(verifier) + ablyTokens("ada", "1") + webhookOf({"POST", "/", {}, "{}"}) +
         endpoints(liveblocks::Liveblocks({"sk_x"}, nullptr), verifier);
}
