// Every request has the name of its operation, and each attempt its number.

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/event_recorder.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"
#include "operation_names.hpp"

namespace lb = liveblocks;
using liveblocks_tests::awaited;
using liveblocks_tests::scheduler;
using Lines = std::vector<std::string>;

namespace {

struct LiveblocksFixture {
  lb::testing::EventRecorder recorder;
  std::shared_ptr<lb::testing::FakeTransport> transport = std::make_shared<lb::testing::FakeTransport>();

  lb::Liveblocks client(const std::string& baseUrl = "https://api.liveblocks.io") const {
    lb::LiveblocksOptions options;
    options.secret = "sk_testingtesting";
    options.baseUrl = baseUrl;
    options.allowInsecureHttp = true;
    options.events = recorder.events();
    return lb::Liveblocks(options, transport);
  }
};

}  // namespace

TEST_CASE_METHOD(LiveblocksFixture, "each call of the Liveblocks API has its operation") {
  lb::UpdateRoomOptions change;
  change.metadata["color"] = "blue";
  const std::vector<std::pair<std::string, std::function<void(const lb::Liveblocks&)>>> calls{
      {"liveblocks.authorize POST",
       [](const auto& client) {
         lb::Session session = client.prepareSession("bob");
         static_cast<void>(session.allow("r", lb::FULL_ACCESS).authorize());
       }},
      {"liveblocks.identify POST", [](const auto& client) { static_cast<void>(client.identifyUser({"bob"})); }},
      {"liveblocks.rooms.list GET", [](const auto& client) { static_cast<void>(client.getRooms()); }},
      {"liveblocks.rooms.create POST", [](const auto& client) { static_cast<void>(client.createRoom("r", {})); }},
      {"liveblocks.rooms.get_or_create POST",
       [](const auto& client) { static_cast<void>(client.getOrCreateRoom("r", {})); }},
      {"liveblocks.rooms.get GET", [](const auto& client) { static_cast<void>(client.getRoom("r")); }},
      {"liveblocks.rooms.update POST", [&](const auto& client) { static_cast<void>(client.updateRoom("r", change)); }},
      {"liveblocks.rooms.upsert POST", [&](const auto& client) { static_cast<void>(client.upsertRoom("r", change)); }},
      {"liveblocks.rooms.delete DELETE", [](const auto& client) { static_cast<void>(client.deleteRoom("r")); }},
      {"liveblocks.rooms.update_id POST",
       [](const auto& client) {
         static_cast<void>(client.updateRoomId({"r", "s"}));
       }},
      {"liveblocks.rooms.prewarm GET", [](const auto& client) { static_cast<void>(client.prewarmRoom("r")); }},
      {"liveblocks.rooms.active_users GET", [](const auto& client) { static_cast<void>(client.getActiveUsers("r")); }},
      {"liveblocks.rooms.broadcast_event POST",
       [](const auto& client) { static_cast<void>(client.broadcastEvent("r", lb::Json::object({}))); }},
  };
  for (const auto& [expected, call] : calls) {
    transport->pushJson(404, "{}");
    call(client());
    CHECK(recorder.takeLines() == Lines{"exchange " + expected + " api.liveblocks.io:443 #0 404"});
  }
}

TEST_CASE_METHOD(LiveblocksFixture, "each attempt is an exchange, with its status or error") {
  const auto form = liveblocks_tests::anyForm();
  transport->push(lb::Error{lb::Errc::reset, "x"});
  transport->pushJson(503, "{}");
  transport->pushJson(200, R"({"token":"a.b.c"})");
  const auto client = LiveblocksFixture::client("http://[::1]:8080/gateway");
  if (form == liveblocks_tests::Form::asynchronous) {
    transport->setScheduler(scheduler());
    static_cast<void>(
        awaited<lb::AuthResponse>([&](const auto& done) { client.identifyUserAsync({"bob"}, {}, done); }));
  } else {
    static_cast<void>(client.identifyUser({"bob"}));
  }
  CHECK(recorder.lines() == Lines{"exchange liveblocks.identify POST ::1:8080 #0 reset",
                                  "exchange liveblocks.identify POST ::1:8080 #1 503",
                                  "exchange liveblocks.identify POST ::1:8080 #2 200"});
}

TEST_CASE_METHOD(LiveblocksFixture, "an exchange has its sizes, and the type of its error") {
  const auto [status, type] = GENERATE(table<int, std::string>({{200, ""}, {302, ""}, {400, "400"}, {404, "404"}}));
  std::vector<lb::Events::Exchange> seen;
  lb::LiveblocksOptions options;
  options.secret = "sk_testingtesting";
  options.events.exchange = [&](const lb::Events::Exchange& exchange) { seen.push_back(exchange); };
  transport->pushJson(status, "12345");
  static_cast<void>(lb::Liveblocks(options, transport).identifyUser({"bob"}));
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].errorType() == type);
  CHECK(seen[0].requestBodySize == transport->requests().at(0).body.size());
  CHECK(seen[0].responseBodySize == 5);
  CHECK(seen[0].duration.count() >= 0);
}

TEST_CASE("each request to Clerk has its operation") {
  const auto form = liveblocks_tests::anyForm();
  const bool isAsync = form == liveblocks_tests::Form::asynchronous;
  const auto clerk = std::make_shared<lb::testing::FakeClerk>();
  if (isAsync) clerk->setScheduler(scheduler());
  const lb::testing::EventRecorder recorder;
  lb::clerk::ClientOptions options;
  options.publishableKey = clerk->issuer().publishableKey();
  options.secretKey = clerk->secretKey();
  options.publicOrigin = "https://app.example.com";
  options.events.exchange = recorder.events().exchange;
  const lb::clerk::Client client(options, clerk);
  const auto authenticator = client.requestAuthenticator(lb::clerk::AcceptedTokens::any());
  const auto authenticate = [&](const lb::http::RequestView& request) {
    if (!isAsync) return authenticator.authenticate(request);
    return awaited<lb::clerk::RequestState>(
        [&](const auto& done) { authenticator.authenticateAsync(lb::http::ReceivedRequest::copyOf(request), done); });
  };
  const auto withToken = [&](const std::string& token) {
    const std::string value = "Bearer " + token;
    lb::http::RequestView request;
    request.method = "GET";
    request.url = "/";
    request.headers = {{"Authorization", value}};
    return authenticate(request);
  };
  const auto machine = [&](lb::clerk::TokenType type, const std::string& subject) {
    lb::clerk::MachineToken token;
    token.type = type;
    token.id = "id_1";
    token.subject = subject;
    return clerk->addMachineToken(token);
  };

  withToken(clerk->issuer().sessionToken());
  withToken(machine(lb::clerk::TokenType::apiKey, "user_1"));
  withToken(machine(lb::clerk::TokenType::m2mToken, "mch_1"));
  withToken(machine(lb::clerk::TokenType::oauthToken, "user_1"));
  const std::string cookie = "__clerk_handshake_nonce=" + clerk->addHandshake({});
  lb::http::RequestView page;
  page.method = "GET";
  page.url = "/";
  page.headers = {{"Sec-Fetch-Dest", "document"}, {"Cookie", cookie}};
  authenticate(page);
  if (isAsync) {
    static_cast<void>(
        awaited<lb::Result<lb::clerk::User>>([&](const auto& done) { client.users().getAsync("user_1", done); }));
  } else {
    static_cast<void>(client.users().get("user_1"));
  }
  CHECK(recorder.lines() == Lines{
                                "exchange clerk.jwks GET api.clerk.com:443 #0 200",
                                "exchange clerk.api_keys.verify POST api.clerk.com:443 #0 200",
                                "exchange clerk.m2m_tokens.verify POST api.clerk.com:443 #0 200",
                                "exchange clerk.oauth_tokens.verify POST api.clerk.com:443 #0 200",
                                "exchange clerk.handshake GET api.clerk.com:443 #0 200",
                                "exchange clerk.users.get GET api.clerk.com:443 #0 404",
                            });
}

TEST_CASE("names of operations and of error codes are words of metrics") {
  constexpr auto all = liveblocks_tests::operationNames();
  std::set<std::string_view> names(all.begin(), all.end());
  CHECK(names.size() == all.size());
  for (const std::string_view name : liveblocks_tests::typedOperationNames()) CHECK(names.insert(name).second);
  for (int code = 1; code <= static_cast<int>(lb::Errc::badWebhookEvent); ++code) {
    CHECK(names.insert(lb::name(static_cast<lb::Errc>(code))).second);
  }
  const auto isOfWord = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
  for (const std::string_view name : names) {
    CAPTURE(name);
    CHECK(std::all_of(name.begin(), name.end(), isOfWord));
  }
  CHECK(lb::name(static_cast<lb::Errc>(0)) == "unknown");
}
