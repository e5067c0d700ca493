// The code that docs/webhooks.md shows.
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <liveblocks/clerk/webhook_event.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhook_event.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include "catch.hpp"

namespace http = liveblocks::http;
namespace webhooks = liveblocks::webhooks;
using liveblocks::testing::WebhookSigner;

namespace {

using Work = std::function<bool(const webhooks::Message&)>;

void log(const std::string& line) { FAIL(line); }

// webhooks.md take: begin
// Returns the status of the response. The verifier and the deduplicator exist as long as the server.
int takeWebhook(const webhooks::Verifier& verifier, const webhooks::Deduplicator& deduplicator,
                const http::RequestView& request, const Work& work) {
  const liveblocks::Result<webhooks::Message> message = verifier.verify(request);
  if (!message) return message.error().kind() == liveblocks::ErrorKind::invalid ? 400 : 500;

  liveblocks::Result<webhooks::Claim> claim = deduplicator.claim(*message);
  if (!claim) return 503;                                             // The store of ids cannot say.
  if (claim->state() == webhooks::SeenState::inProgress) return 409;  // An earlier delivery is being worked on.
  if (claim->state() == webhooks::SeenState::done) return 200;

  if (!work(*message)) return 500;  // The claim is released on the way out.
  // The work was done, so this is a success even if the store does not remember it.
  if (const auto done = claim->done(); !done) log(done.error().message);
  return 200;
}
// webhooks.md take: end

struct Config {
  std::vector<liveblocks::Secret> clerkWebhookSecrets;
  std::vector<liveblocks::Secret> liveblocksWebhookSecrets;
};

struct Board {
  void showVisitors(const std::string& room, std::int64_t count) {
    shown.push_back(room + " " + std::to_string(count));
  }
  void forgetUser(const liveblocks::Json& user) { shown.push_back(user.text()); }

  std::vector<std::string> shown;
};

// webhooks.md vendors: begin
webhooks::Verifier makeVerifier(const Config& config) {
  webhooks::VerifierOptions options;
  options.secrets = config.clerkWebhookSecrets;
  const auto& more = config.liveblocksWebhookSecrets;
  options.secrets.insert(options.secrets.end(), more.begin(), more.end());
  return webhooks::Verifier(options);
}

bool takeClerkEvent(const webhooks::Message& message, Board& board) {
  const auto event = liveblocks::clerk::readWebhookEvent(message);
  if (!event) return false;
  if (event->type == "user.deleted") board.forgetUser(event->data);
  return true;
}

bool takeLiveblocksEvent(const webhooks::Message& message, Board& board) {
  const auto event = liveblocks::readWebhookEvent(message);
  if (!event) return false;
  if (const auto* entered = std::get_if<liveblocks::events::UserEntered>(&event->content)) {
    board.showVisitors(entered->roomId, entered->numActiveUsers);
  }
  return true;
}

// The secret that signed a message tells who sent it.
bool takeEvent(const webhooks::Message& message, const Config& config, Board& board) {
  const bool isClerks = message.secretIndex < config.clerkWebhookSecrets.size();
  return isClerks ? takeClerkEvent(message, board) : takeLiveblocksEvent(message, board);
}
// webhooks.md vendors: end

}  // namespace

TEST_CASE("the guide responds to a delivery according to its outcome") {
  const WebhookSigner signer;
  webhooks::VerifierOptions options;
  options.secrets = {signer.secret()};
  const webhooks::Verifier verifier(options);
  const webhooks::Deduplicator deduplicator;
  const auto webhook = signer.sign({});
  bool works = false;
  int repetition = 0;
  const auto take = [&](const liveblocks::testing::SignedWebhook& sent, const Work& work) {
    return takeWebhook(verifier, deduplicator, sent.request(), work);
  };
  const auto work = [&](const webhooks::Message&) {
    repetition = take(webhook, [](const webhooks::Message&) -> bool { throw std::logic_error("worked on twice"); });
    return works;
  };
  CHECK(take(webhook, work) == 500);
  CHECK(repetition == 409);
  works = true;
  CHECK(take(webhook, work) == 200);
  CHECK(take(webhook, work) == 200);
  CHECK(take(WebhookSigner().sign({}), work) == 400);
}

TEST_CASE("the guide distinguishes two vendors at one URL by their secrets") {
  const WebhookSigner clerk;
  const WebhookSigner other;
  const Config config{{clerk.secret()}, {other.secret()}};
  const webhooks::Verifier verifier = makeVerifier(config);
  Board board;
  const auto take = [&](const liveblocks::testing::SignedWebhook& webhook) {
    return takeEvent(verifier.verify(webhook.request()).value(), config, board);
  };
  CHECK(take(clerk.sign({R"({"type":"user.deleted","data":{"id":"user_1"}})"})));
  CHECK(take(
      other.sign({R"({"type":"userEntered","data":{"projectId":"p","roomId":"r","connectionId":1,"numActiveUsers":3,)"
                  R"("enteredAt":"t"}})"})));
  CHECK_FALSE(take(clerk.sign({"5"})));
  CHECK_FALSE(take(other.sign({"5"})));
  CHECK(board.shown == std::vector<std::string>{R"({"id":"user_1"})", "r 3"});
}
