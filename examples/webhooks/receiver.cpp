#include "receiver.hpp"

#include <chrono>
#include <cstddef>
#include <iostream>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/clerk/webhook_event.hpp>
#include <liveblocks/webhook_event.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>

namespace webhooks_example {
namespace {

namespace webhooks = liveblocks::webhooks;

constexpr std::chrono::seconds longestBody{5};
constexpr std::size_t longestLogText = 200;

void respond(httplib::Response& response, int status, const liveblocks::Json& body) {
  response.status = status;
  response.set_content(body.text(), "application/json");
}

/// A status of 400 or more makes the adapter close the connection if the body was not read.
void respondError(httplib::Response& response, int status, const std::string& error) {
  respond(response, status, liveblocks::Json::object({{"error", error}}));
}

/// Escapes everything except printable ASCII, so that senders can neither forge log lines nor control a terminal.
std::string oneLine(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string line;
  for (const char c : text.substr(0, longestLogText)) {
    if (c >= ' ' && c <= '~' && c != '\\') {
      line += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      line.append("\\x").append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
    }
  }
  return text.size() > longestLogText ? line + "..." : line;
}

void log(std::ostream& stream, const std::string& name, const std::string& text) {
  stream << (name + ": " + oneLine(text) + "\n") << std::flush;
}

/// Returns the unchanged body, or responds with 411, 413, 415 or 408 and returns nullopt.
std::optional<std::string> readBody(const httplib::Request& request, httplib::Response& response,
                                    const httplib::ContentReader& read, std::size_t limit) {
  const auto refuseBody = [&](int status, const char* error) {
    respondError(response, status, error);
    return std::nullopt;
  };
  // cpp-httplib stores the extensions of a chunked body without limit.
  if (request.has_header("Transfer-Encoding")) return refuseBody(411, "the body needs a length");
  if (request.is_multipart_form_data() || request.has_header("Content-Encoding")) {
    return refuseBody(415, "the body must be plain");
  }
  const auto deadline = std::chrono::steady_clock::now() + longestBody;
  std::string body;
  bool tooLarge = false;
  const bool isComplete = read([&](const char* bytes, std::size_t size) {
    tooLarge = size > limit - body.size();
    if (!tooLarge) body.append(bytes, size);
    return !tooLarge && std::chrono::steady_clock::now() < deadline;
  });
  if (tooLarge) return refuseBody(413, "the body is too large");
  if (!isComplete) return refuseBody(408, "the body is incomplete or took too long");
  return body;
}

bool hasBody(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

/// Rejects ambiguous requests, and unexpected bodies, which cpp-httplib would read at any size. Returns whether it did.
bool refuseUnread(const httplib::Request& request, httplib::Response& response, bool expectsBody) {
  if (liveblocks::adapters::refuseAmbiguous(request, response)) return true;
  liveblocks::adapters::ignoreRanges(request);
  if (expectsBody || !hasBody(request)) return false;
  respondError(response, 400, "no body is expected here");
  return true;
}

void refuse(httplib::Response& response, const std::string& name, const liveblocks::Error& error) {
  log(std::cerr, name, error.message);
  const bool isInternal = error.kind() != liveblocks::ErrorKind::invalid;
  respondError(response, isInternal ? 500 : 400, isInternal ? "internal" : "not a webhook");
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
    const auto body = readBody(request, response, read, webhooks::VerifierOptions().maxBody);
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
      return respondError(response, 503, "try again later");
    }
    switch (claim->state()) {
      case webhooks::SeenState::fresh:
        return handle(message, *claim, response);
      case webhooks::SeenState::inProgress:
        // Not a success: if the work fails, the event must be sent again.
        return respondError(response, 409, "in progress");
      case webhooks::SeenState::done:
        return respond(response, 200, liveblocks::Json::object({{"repeated", true}}));
    }
  }

  /// A failure releases the claim, and the next delivery is fresh.
  void handle(const webhooks::Message& message, webhooks::Claim& claim, httplib::Response& response) {
    const Sender& sender = senderOf(message);
    const liveblocks::Result<std::string> line = sender.handler(message);
    if (!line) return refuse(response, sender.name, line.error());
    log(std::cout, sender.name, *line);
    // The work was done, so this error only goes to the log.
    if (const auto done = claim.done(); !done) log(std::cerr, sender.name, done.error().message);
    respond(response, 200, liveblocks::Json::object({{"repeated", false}}));
  }

  /// The secret tells the sender; the names of the headers are not signed.
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
    const bool refused = refuseUnread(request, response, isDelivery);
    return refused ? httplib::Server::HandlerResponse::Handled : httplib::Server::HandlerResponse::Unhandled;
  });
  server.Post(path, Route(path, senders));
}

}  // namespace webhooks_example
