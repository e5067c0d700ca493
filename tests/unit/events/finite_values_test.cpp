// No event holds an id or a token, and all of their texts come from finite sets.

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "operation_names.hpp"

namespace lb = liveblocks;

namespace {

/// All texts of all events.
struct Texts {
  std::set<std::string> seen;
  int count = 0;

  void add(std::initializer_list<std::string_view> texts) {
    ++count;
    for (const std::string_view text : texts) seen.emplace(text);
  }

  void add(const lb::Events::Exchange& exchange) {
    add({exchange.operation, exchange.method, exchange.serverAddress, exchange.errorType()});
  }

  lb::Events all() {
    lb::Events events;
    events.exchange = [this](const auto& exchange) { add(exchange); };
    events.begin = [this](const auto& exchange) {
      add(exchange);
      return lb::Events::Span();
    };
    events.end = [this](const auto&, const auto& exchange) { add(exchange); };
    events.propagate = [this](const auto&, const auto& exchange) {
      add(exchange);
      return lb::Events::TraceHeaders();
    };
    events.verification = [this](const auto& verification) {
      add({verification.operation, verification.outcome, verification.tokenType});
    };
    events.cacheLookup = [this](const auto& lookup) { add({lookup.cache, lookup.outcome}); };
    events.webhook = [this](const auto& webhook) { add({webhook.operation, webhook.outcome}); };
    return events;
  }
};

/// The words that events may hold besides status codes, and the hosts of these tests.
std::set<std::string> allowedWords() {
  std::set<std::string> words{"",
                              "GET",
                              "POST",
                              "DELETE",
                              "ok",
                              "handshake",
                              "pending",
                              "signed_out",
                              "jwks",
                              "token",
                              "user",
                              "hit",
                              "miss",
                              "stale",
                              "verified",
                              "fresh",
                              "in_progress",
                              "done",
                              "api_key",
                              "session_token",
                              "m2m_token",
                              "oauth_token",
                              "api.liveblocks.io",
                              "api.clerk.com"};
  for (const std::string_view operation : liveblocks_tests::operationNames()) words.emplace(operation);
  for (int code = 1; code <= static_cast<int>(lb::Errc::badWebhookEvent); ++code) {
    words.emplace(lb::name(static_cast<lb::Errc>(code)));
  }
  return words;
}

bool isStatus(const std::string& text) {
  return text.size() == 3 && text >= "100" && text <= "599" &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Ids that nobody can take for something else.
class Ids {
 public:
  std::string make(const std::string& prefix) {
    std::string id = prefix + "secret";
    for (int i = 0; i < 16; ++i) id += static_cast<char>('a' + engine_() % 26);
    made_.push_back(id);
    return id;
  }
  /// A token or another text that no event may hold.
  const std::string& note(std::string text) {
    made_.push_back(std::move(text));
    return made_.back();
  }
  const std::vector<std::string>& made() const { return made_; }

 private:
  std::mt19937 engine_{20261201};
  std::vector<std::string> made_;
};

void check(const Texts& texts, const Ids& ids) {
  const std::set<std::string> allowed = allowedWords();
  for (const std::string& text : texts.seen) {
    CAPTURE(text);
    CHECK((allowed.count(text) == 1 || isStatus(text)));
    for (const std::string& id : ids.made()) CHECK(text.find(id) == std::string::npos);
  }
}

}  // namespace

TEST_CASE("events of Liveblocks hold no id") {
  Texts texts;
  Ids ids;
  const auto server = std::make_shared<lb::testing::FakeLiveblocks>("sk_testingtesting");
  lb::LiveblocksOptions options;
  options.secret = "sk_testingtesting";
  options.events = texts.all();
  const lb::Liveblocks client(options, server);
  for (int round = 0; round < 50; ++round) {
    const std::string room = ids.make("room-");
    const std::string user = ids.make("user-");
    if (round % 5 == 4) server->failNext("/v2/", lb::Error{lb::Errc::tls, room});
    if (round % 5 == 3) server->failNext("/v2/", lb::http::Response{503, {{"Retry-After", "9999"}}, user});
    lb::CreateRoomOptions create;
    create.usersAccesses[user] = lb::Permissions{"room:write"};
    static_cast<void>(client.createRoom(room, create));
    static_cast<void>(client.getRoom(room));
    static_cast<void>(client.updateRoom(room, {}));
    static_cast<void>(client.getActiveUsers(room));
    static_cast<void>(client.broadcastEvent(room, lb::Json::object({{"user", lb::Json(user)}})));
    lb::RoomFilter filter;
    filter.userId = user;
    static_cast<void>(client.getRooms(filter));
    const std::string other = ids.make("room-");
    static_cast<void>(client.updateRoomId({room, other}));
    static_cast<void>(client.deleteRoom(other));
    lb::Session session = client.prepareSession(user);
    ids.note(session.allow(room, lb::FULL_ACCESS).authorize().body);
    ids.note(client.identifyUser({user}).body);
  }
  CHECK(texts.count > 1000);
  check(texts, ids);
  CHECK(texts.seen.count("tls") == 1);
  CHECK(texts.seen.count("503") == 1);
}

TEST_CASE("events of Clerk hold no id and no token") {
  Texts texts;
  Ids ids;
  const auto server = std::make_shared<lb::testing::FakeClerk>();
  ids.note(std::string(server->secretKey().reveal()));
  lb::clerk::ClientOptions options;
  options.publishableKey = server->issuer().publishableKey();
  options.secretKey = server->secretKey();
  options.publicOrigin = "https://app.example.com";
  options.userCacheTtl = std::chrono::seconds(60);
  options.tokenCache.capacity = 10;
  options.events = texts.all();
  const lb::clerk::Client client(options, server);
  const auto authenticator = client.requestAuthenticator(lb::clerk::AcceptedTokens::any());
  const auto authenticate = [&](const std::string& token) {
    const std::string header = "Bearer " + ids.note(token);
    const std::string url = "/" + ids.make("path-");
    lb::http::RequestView request;
    request.method = "GET";
    request.url = url;
    request.headers = {{"Authorization", header}};
    static_cast<void>(authenticator.authenticate(request));
  };
  for (int round = 0; round < 20; ++round) {
    lb::testing::FakeUser user;
    user.id = ids.make("user_");
    if (round % 2 == 0) server->addUser(user);
    for (int i = 0; i < 2; ++i) static_cast<void>(client.users().get(user.id));
    lb::testing::SessionTokenSpec spec;
    spec.userId = user.id;
    spec.sessionId = ids.make("sess_");
    if (round % 3 == 0) spec.lifetime = std::chrono::seconds(-60);
    if (round % 5 == 0) spec.header = {{"kid", lb::Json(ids.make("ins_"))}};
    const std::string token = server->issuer().sessionToken(spec);
    authenticate(token);
    for (int i = 0; i < 2; ++i) static_cast<void>(client.sessionVerifier().verify(token));
    lb::clerk::MachineToken machine;
    machine.id = ids.make("ak_");
    machine.subject = user.id;
    const std::string opaque = server->addMachineToken(machine);
    if (round % 2 == 0) server->revokeMachineToken(opaque);
    authenticate(opaque);
    authenticate(ids.make("mt_"));
    authenticate(ids.make("garbage."));
  }
  CHECK(texts.count > 500);
  check(texts, ids);
  for (const char* word : {"expired", "token_rejected", "hit", "miss", "api_key", "clerk.users.get"}) {
    CAPTURE(word);
    CHECK(texts.seen.count(word) == 1);
  }
}

TEST_CASE("events of webhooks hold no id") {
  Texts texts;
  Ids ids;
  const lb::testing::WebhookSigner signer;
  lb::webhooks::VerifierOptions verifierOptions;
  verifierOptions.secrets = {signer.secret()};
  verifierOptions.events = texts.all();
  const lb::webhooks::Verifier verifier(verifierOptions);
  lb::webhooks::DeduplicatorOptions deduplicatorOptions;
  deduplicatorOptions.scope = ids.make("scope-");
  deduplicatorOptions.events = texts.all();
  const lb::webhooks::Deduplicator deduplicator(deduplicatorOptions);
  for (int round = 0; round < 50; ++round) {
    lb::testing::WebhookSpec spec;
    spec.id = ids.make("msg_");
    spec.body = ids.note(R"({"id":")" + ids.make("room-") + R"("})");
    auto webhook = signer.sign(spec);
    if (round % 3 == 0) webhook.body += ' ';
    const auto message = verifier.verify(webhook.request());
    if (!message) continue;
    auto claim = deduplicator.claim(*message);
    REQUIRE(claim);
    if (round % 2 == 0) static_cast<void>(claim->done());
    static_cast<void>(deduplicator.claim(*message));
  }
  check(texts, ids);
  CHECK(texts.seen.count("in_progress") == 1);
}
