#include "application.hpp"

#include <fcntl.h>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <string_view>
#include <utility>

#include <liveblocks/auth_endpoint/clerk_identity.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/webhooks/memory_seen_store.hpp>

#include "call.hpp"

namespace soak {
namespace {

namespace http = liveblocks::http;
namespace webhooks = liveblocks::webhooks;
using liveblocks::Json;

constexpr std::uint32_t applicationStream = 2;
constexpr std::size_t keptIds = 4000;
constexpr std::size_t cachedTokens = 64;
constexpr std::size_t leakSize = 16384;
constexpr const char* clerkSecret = "sk_live_ofThisSoakAndNoOther";
constexpr const char* liveblocksSecret = "sk_prod_ofThisSoakAndNoOther_Xy7";

/// Full, so that memory does not grow while it fills.
webhooks::DeduplicatorOptions deduplicatorOptions() {
  const auto store = std::make_shared<webhooks::MemorySeenStore>(webhooks::MemorySeenStoreOptions{keptIds, nullptr});
  webhooks::DeduplicatorOptions options;
  const auto soon = Clock::now() + std::chrono::seconds(10);
  for (std::size_t i = 0; i < keptIds; ++i) {
    const std::string id = "earlier-" + std::to_string(i);
    static_cast<void>(store->claim(id, "holder", std::chrono::seconds(60), soon));
    static_cast<void>(store->done(id, "holder", options.keep, soon));
  }
  options.store = store;
  return options;
}

webhooks::VerifierOptions verifierOptions(const liveblocks::Secret& secret) {
  webhooks::VerifierOptions options;
  options.secrets = {secret};
  return options;
}

http::Response jsonResponse(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}}, body.text()};
}

/// Nobody's secret is in a line of the log: neither keys, nor tokens, whose headers begin like this.
liveblocks::Log logTo(Ledger& ledger) {
  return [&ledger](liveblocks::LogLevel, std::string_view message) {
    ledger.count("log lines");
    for (const std::string_view secret : {"ofThisSoakAndNoOther", "eyJ", "whsec_"}) {
      if (message.find(secret) == std::string_view::npos) continue;
      ledger.problem("a line of the log", "no secret", std::string(message));
    }
  };
}

liveblocks::Decision decide(const liveblocks::AuthRequest& request, Lie lie) {
  const std::string prefix = request.caller.userId + ":";
  if (!request.room || request.room->compare(0, prefix.size(), prefix) != 0) {
    return liveblocks::Decision::refuse("This is not your room");
  }
  liveblocks::Decision decision;
  decision.allow(*request.room, liveblocks::FULL_ACCESS);
  if (lie == Lie::grantMore) decision.allow("*", liveblocks::FULL_ACCESS);
  return decision;
}

}  // namespace

void WebhookBook::handled(const std::string& id) {
  const std::lock_guard lock(mutex_);
  ++handled_[id];
}

int WebhookBook::take(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = handled_.find(id);
  if (found == handled_.end()) return 0;
  const int times = found->second;
  handled_.erase(found);
  return times;
}

liveblocks::AuthEndpoint makeEndpoint(const std::string& upstreamUrl, const KeyRing& keys, Caching caching,
                                      std::shared_ptr<http::Transport> transport, Ledger& ledger, Lie lie) {
  liveblocks::clerk::ClientOptions clerk;
  clerk.publishableKey = keys.publishableKey();
  clerk.secretKey = liveblocks::Secret(clerkSecret);
  clerk.apiUrl = upstreamUrl;
  clerk.authorizedParties = {origin};
  clerk.userTimeout = userTimeout;
  clerk.keyCache = {softAge, hardAge, staleIfError, cooldown, keyTimeout};
  clerk.log = logTo(ledger);
  if (caching == Caching::on) {
    clerk.userCacheTtl = userCacheTtl;
    clerk.tokenCache.capacity = cachedTokens;
  }
  liveblocks::LiveblocksOptions options;
  options.secret = liveblocks::Secret(liveblocksSecret);
  options.baseUrl = upstreamUrl;
  options.log = clerk.log;
  liveblocks::AuthEndpointOptions endpoint;
  endpoint.timeout = callTimeout;
  endpoint.log = clerk.log;
  return {liveblocks::Liveblocks(options, transport),
          liveblocks::clerkIdentity(liveblocks::clerk::Client(clerk, transport)),
          [lie](const liveblocks::AuthRequest& request) { return decide(request, lie); }, endpoint};
}

Application::Application(boost::asio::io_context& context, liveblocks::AuthEndpoint endpoint, WebhookBook& book,
                         const Options& options)
    : context_(context),
      endpoint_(std::move(endpoint)),
      book_(book),
      lie_(options.lie),
      dice_(options.seed, applicationStream),
      verifier_(verifierOptions(signer_.secret())),
      deduplicator_(deduplicatorOptions()) {}

std::size_t Application::maxBody(std::string_view target) const {
  return target == authPath || target == webhookPath ? endpoint_.maxBody() : 0;
}

void Application::handle(http::ReceivedRequest request, const Respond& respond) {
  if (request.url == webhookPath) return handleWebhook(request, respond);
  if (request.url != authPath) return respond(jsonResponse(404, Json::object({{"error", "not_found"}})));
  if (lie_ == Lie::none) return endpoint_.handleAsync(std::move(request), respond);
  const auto lied = [this, request, respond](http::Response response) { lie(request, respond, std::move(response)); };
  endpoint_.handleAsync(request, lied);
}

void Application::handleWebhook(const http::ReceivedRequest& request, const Respond& respond) {
  const auto message = verifier_.verify(request);
  if (!message) return respond(jsonResponse(400, Json::object({{"error", "not a webhook"}})));
  auto claim = deduplicator_.claim(*message);
  if (!claim) return respond(jsonResponse(503, Json::object({{"error", "try again later"}})));
  const bool fails = message->body.find("fails") != std::string::npos;
  const bool isFresh = claim->state() == webhooks::SeenState::fresh;
  if (isFresh) return work(std::make_shared<webhooks::Claim>(*std::move(claim)), message->id, fails, respond);
  if (lie_ == Lie::repeat) book_.handled(message->id);
  if (claim->state() == webhooks::SeenState::inProgress) {
    return respond(jsonResponse(409, Json::object({{"error", "in progress"}})));
  }
  respond(jsonResponse(200, Json::object({{"repeated", true}})));
}

void Application::work(std::shared_ptr<webhooks::Claim> claim, const std::string& id, bool fails,
                       const Respond& respond) {
  const auto timer = std::make_shared<boost::asio::steady_timer>(context_, milliseconds(dice_.between(0, 20)));
  timer->async_wait([this, timer, claim = std::move(claim), id, fails, respond](auto) {
    if (fails) {
      // Released before the response, as the sender may come again at once.
      { const webhooks::Claim released = std::move(*claim); }
      return respond(jsonResponse(500, Json::object({{"error", "failed"}})));
    }
    book_.handled(id);
    const bool isRemembered = static_cast<bool>(claim->done());
    respond(jsonResponse(isRemembered ? 200 : 500, Json::object({{"repeated", false}})));
  });
}

void Application::lie(const http::ReceivedRequest& request, const Respond& respond, http::Response response) {
  switch (lie_) {
    case Lie::acceptAll:
      if (response.status == 401) return respond(jsonResponse(200, Json::object({{"token", "of anybody"}})));
      break;
    case Lie::refuse:
      if (response.status == 200 && dice_.percent(10)) response.status = 503;
      break;
    case Lie::lose:
      if (request.method == "POST" && dice_.percent(10)) return;
      break;
    case Lie::late:
      if (dice_.percent(10)) return respondLater(respond, response);
      break;
    case Lie::leakMemory:
    case Lie::leakFiles:
      leak();
      break;
    default:
      break;
  }
  respond(std::move(response));
}

void Application::respondLater(const Respond& respond, const http::Response& response) {
  const auto timer =
      std::make_shared<boost::asio::steady_timer>(context_, callTimeout + margin() + std::chrono::seconds(10));
  timer->async_wait([timer, respond, response](auto) { respond(response); });
}

void Application::leak() {
  if (lie_ == Lie::leakMemory) leaked_.emplace_back(leakSize, 'x');
  if (lie_ == Lie::leakFiles) leakedFiles_.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

}  // namespace soak
