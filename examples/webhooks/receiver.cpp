#include "receiver.hpp"

#include <iostream>
#include <utility>
#include <variant>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/clerk/webhook_event.hpp>
#include <liveblocks/webhook_event.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>

#include "common/bodies.hpp"
#include "common/one_line.hpp"
#include "common/requests.hpp"

namespace webhooks_example {
namespace {

namespace webhooks = liveblocks::webhooks;

void answer(httplib::Response& response, int status, const liveblocks::Json& body) {
  response.status = status;
  response.set_content(body.text(), "application/json");
}

/// In one line, whatever the texts hold.
void log(std::ostream& stream, const std::string& name, const std::string& text) {
  stream << (name + ": " + examples::oneLine(text) + "\n") << std::flush;
}

void refuse(httplib::Response& response, const std::string& name, const liveblocks::Error& error) {
  log(std::cerr, name, error.message);
  const bool isOurFault = error.code == liveblocks::Errc::internal;
  examples::answerUnread(response, isOurFault ? 500 : 400, isOurFault ? "internal" : "not a webhook");
}

webhooks::VerifierOptions optionsFor(const std::vector<Sender>& senders) {
  webhooks::VerifierOptions options;
  for (const Sender& sender : senders) {
    options.secrets.insert(options.secrets.end(), sender.secrets.begin(), sender.secrets.end());
  }
  return options;
}

class Route {
 public:
  Route(std::string path, std::vector<Sender> senders)
      : path_(std::move(path)), senders_(std::move(senders)), verifier_(optionsFor(senders_)) {}

  void operator()(const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& read) {
    const auto body = examples::readBody(request, response, read, webhooks::VerifierOptions().maxBody);
    if (!body) return;
    const auto message = verifier_.verify(liveblocks::adapters::requestView(request, *body));
    if (!message) return refuse(response, path_, message.error());
    take(*message, response);
  }

 private:
  void take(const webhooks::Message& message, httplib::Response& response) {
    liveblocks::Result<webhooks::Claim> claim = deduplicator_.claim(message);
    if (!claim) {
      log(std::cerr, path_, claim.error().message);
      return examples::answerUnread(response, 503, "try again later");
    }
    switch (claim->state()) {
      case webhooks::SeenState::fresh:
        return handle(message, *claim, response);
      case webhooks::SeenState::inProgress:
        // Success would be a promise: it comes again, in case the work fails.
        return examples::answerUnread(response, 409, "in progress");
      case webhooks::SeenState::done:
        return answer(response, 200, liveblocks::Json::object({{"repeated", true}}));
    }
  }

  /// What goes wrong lets go of the claim, and the next delivery is fresh.
  void handle(const webhooks::Message& message, webhooks::Claim& claim, httplib::Response& response) {
    const Sender& sender = senderOf(message);
    const liveblocks::Result<std::string> line = sender.handler(message);
    if (!line) return refuse(response, sender.name, line.error());
    log(std::cout, sender.name, *line);
    // The work was done, so that this is for the log alone.
    if (const auto error = claim.done()) log(std::cerr, sender.name, error->message);
    answer(response, 200, liveblocks::Json::object({{"repeated", false}}));
  }

  /// By the secret, not by the names of the headers, which are not signed.
  const Sender& senderOf(const webhooks::Message& message) const {
    auto sender = senders_.begin();
    for (std::size_t i = message.secretIndex; i >= sender->secrets.size(); ++sender) i -= sender->secrets.size();
    return *sender;
  }

  std::string path_;
  std::vector<Sender> senders_;
  webhooks::Verifier verifier_;
  webhooks::Deduplicator deduplicator_;
};

}  // namespace

liveblocks::Result<std::string> handleLiveblocks(const webhooks::Message& message) {
  const auto event = liveblocks::readWebhookEvent(message);
  if (!event) return event.error();
  if (const auto* entered = std::get_if<liveblocks::events::UserEntered>(&event->content)) {
    return "room " + entered->roomId + " has " + std::to_string(entered->numActiveUsers) + " visitors";
  }
  if (const auto* created = std::get_if<liveblocks::events::CommentCreated>(&event->content)) {
    return created->createdBy + " commented in room " + created->roomId;
  }
  return event->type;
}

liveblocks::Result<std::string> handleClerk(const webhooks::Message& message) {
  const auto event = liveblocks::clerk::readWebhookEvent(message);
  if (!event) return event.error();
  return event->type;
}

void addWebhooks(httplib::Server& server, const std::string& path, const std::vector<Sender>& senders) {
  server.set_pre_routing_handler([path](const httplib::Request& request, httplib::Response& response) {
    const bool isDelivery = request.method == "POST" && request.path == path;
    const bool refused = examples::refuseUnread(request, response, isDelivery);
    return refused ? httplib::Server::HandlerResponse::Handled : httplib::Server::HandlerResponse::Unhandled;
  });
  server.Post(path, Route(path, senders));
}

}  // namespace webhooks_example
