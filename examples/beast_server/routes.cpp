#include "routes.hpp"

#include <optional>
#include <utility>

namespace beast_server {
namespace {

namespace ably = liveblocks::ably;
namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
namespace webhooks = liveblocks::webhooks;
using liveblocks::Json;

constexpr std::string_view authPath = "/api/liveblocks-auth";
constexpr std::string_view webhookPath = "/webhooks";

std::string_view pathOf(std::string_view target) { return target.substr(0, target.find('?')); }

http::Response jsonResponse(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, body.text()};
}

http::Response errorResponse(int status, const std::string& error) {
  return jsonResponse(status, Json::object({{"error", error}}));
}

/// Tasks belong to the active organization, or to the user, and their rooms are `<owner>:<task>`.
liveblocks::Decision decide(const liveblocks::AuthRequest& request) {
  const auto& organization = request.caller.clerk->organization();
  const std::string prefix = (organization ? organization->id : request.caller.userId) + ":";
  if (!request.room || request.room->compare(0, prefix.size(), prefix) != 0) {
    return liveblocks::Decision::refuse("This task is not yours, or there is no such task.");
  }
  return liveblocks::Decision().allow(*request.room, liveblocks::FULL_ACCESS);
}

liveblocks::AuthEndpoint makeEndpoint(const Config& config, const clerk::Client& client,
                                      std::shared_ptr<http::Transport> transport) {
  liveblocks::AuthEndpointOptions options;
  options.log = config.liveblocks.log;
  return {liveblocks::Liveblocks(config.liveblocks, std::move(transport)), liveblocks::clerkIdentity(client), decide,
          options};
}

std::optional<webhooks::Verifier> makeVerifier(const liveblocks::Secret& secret) {
  if (secret.empty()) return std::nullopt;
  webhooks::VerifierOptions options;
  options.secrets = {secret};
  return webhooks::Verifier(options);
}

std::optional<ably::TokenRequestSigner> makeSigner(const liveblocks::Secret& key) {
  if (key.empty()) return std::nullopt;
  return ably::TokenRequestSigner(key);
}

clerk::RouteGuardOptions publicFrontPage() {
  clerk::RouteGuardOptions options;
  options.publicRoutes = {"/"};
  return options;
}

}  // namespace

struct Routes::Services {
  Services(const Config& config, const std::shared_ptr<http::Transport>& transport)
      : clerk(config.clerk, transport),
        guard(clerk.routeGuard(publicFrontPage())),
        endpoint(makeEndpoint(config, clerk, transport)),
        verifier(makeVerifier(config.webhookSecret)),
        signer(makeSigner(config.ablyKey)) {}

  http::Response receiveWebhook(const http::RequestView& request) const;
  http::Response respondGuarded(const http::ReceivedRequest& request, clerk::RouteGuardResult result) const;
  http::Response respondTo(const http::ReceivedRequest& request, const clerk::Auth& auth) const;
  http::Response signAblyRequest(const std::string& userId) const;

  clerk::Client clerk;
  clerk::RouteGuard guard;
  liveblocks::AuthEndpoint endpoint;
  std::optional<webhooks::Verifier> verifier;
  webhooks::Deduplicator deduplicator;
  std::optional<ably::TokenRequestSigner> signer;
};

/// The store of the ids is in memory, so nothing here waits.
http::Response Routes::Services::receiveWebhook(const http::RequestView& request) const {
  if (request.method != "POST") return errorResponse(405, "method_not_allowed");
  const auto message = verifier->verify(request);
  if (!message) return errorResponse(400, "not a webhook");
  auto claim = deduplicator.claim(*message);
  if (!claim) return errorResponse(503, "try again later");
  if (claim->state() == webhooks::SeenState::inProgress) return errorResponse(409, "in progress");
  const bool isRepeated = claim->state() == webhooks::SeenState::done;
  if (!isRepeated) {
    const auto event = liveblocks::readWebhookEvent(*message);
    if (!event) return errorResponse(400, "not an event");
    // Here the event goes into a queue of the application.
    if (!claim->done()) return errorResponse(503, "try again later");
  }
  return jsonResponse(200, Json::object({{"repeated", isRepeated}}));
}

http::Response Routes::Services::signAblyRequest(const std::string& userId) const {
  const auto clientId = ably::ClientId::named(userId);
  const auto inbox = ably::channelName("inbox", userId);
  if (!clientId || !inbox) return errorResponse(403, "forbidden");
  const auto capability = ably::Capability::of(
      {{"chat:*", {ably::Operation::publish, ably::Operation::subscribe}}, {*inbox, {ably::Operation::subscribe}}});
  if (!capability) return errorResponse(403, "forbidden");
  const auto signedRequest = signer->sign({*clientId, *capability});
  if (!signedRequest) return errorResponse(503, "unavailable");
  return {200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, signedRequest->json()};
}

http::Response Routes::Services::respondTo(const http::ReceivedRequest& request, const clerk::Auth& auth) const {
  const std::string_view path = pathOf(request.url);
  if (request.method != "GET" && request.method != "HEAD") return errorResponse(405, "method_not_allowed");
  if (path == "/") return {200, {{"Content-Type", "text/plain"}}, "Everybody may read this."};
  if (path == "/api/me") return jsonResponse(200, Json::object({{"userId", auth.userId()}}));
  if (path == "/api/ably" && signer) return signAblyRequest(auth.userId());
  return errorResponse(404, "not_found");
}

// beast.md state: begin
http::Response Routes::Services::respondGuarded(const http::ReceivedRequest& request,
                                                clerk::RouteGuardResult result) const {
  if (result.response) return *std::move(result.response);
  http::Response response = respondTo(request, result.state.auth());
  for (const http::Header& header : result.state.headers()) response.headers.push_back(header);
  return response;
}
// beast.md state: end

Routes::Routes(const Config& config, const std::shared_ptr<http::Transport>& transport)
    : services_(std::make_shared<const Services>(config, transport)) {}

std::size_t Routes::maxBody(std::string_view target) const {
  const std::string_view path = pathOf(target);
  if (path == authPath) return services_->endpoint.maxBody();
  if (path == webhookPath) return webhooks::VerifierOptions().maxBody;
  return 0;
}

void Routes::handle(http::ReceivedRequest request, Respond respond) const {
  const std::string_view path = pathOf(request.url);
  if (path == "/health") return respond({200, {{"Content-Type", "text/plain"}}, "ok"});
  if (path == authPath) return services_->endpoint.handleAsync(std::move(request), std::move(respond));
  if (path == webhookPath && services_->verifier) return respond(services_->receiveWebhook(request));

  // beast.md guard: begin
  // Almost always the keys are there, and nothing has to be waited for.
  if (auto result = services_->guard.authenticateLocally(request)) {
    return respond(services_->respondGuarded(request, *std::move(result)));
  }
  const auto shared = std::make_shared<const http::ReceivedRequest>(std::move(request));
  services_->guard.authenticateAsync(
      *shared, [services = services_, shared, respond = std::move(respond)](clerk::RouteGuardResult result) {
        respond(services->respondGuarded(*shared, std::move(result)));
      });
  // beast.md guard: end
}

}  // namespace beast_server
