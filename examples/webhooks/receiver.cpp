#include "receiver.hpp"

#include <iostream>
#include <optional>
#include <utility>
#include <variant>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/webhooks/clerk_event.hpp>
#include <liveblocks/webhooks/liveblocks_event.hpp>
#include <liveblocks/webhooks/replay_window.hpp>

#include "common/requests.hpp"

namespace webhooks_example {
namespace {

namespace webhooks = liveblocks::webhooks;

void answer(httplib::Response& response, int status, const liveblocks::Json& body) {
  response.status = status;
  liveblocks::adapters::setContentAndClose(response, body.text(), "application/json");
}

void refuse(httplib::Response& response, const std::string& path, const liveblocks::Error& error) {
  std::cerr << (path + ": " + error.message + "\n");
  const bool isOurFault = error.code == liveblocks::Errc::internal;
  examples::answerUnread(response, isOurFault ? 500 : 400, isOurFault ? "internal" : "not a webhook");
}

/// The bytes as they came; nullopt when there are too many.
std::optional<std::string> readBody(const httplib::ContentReader& read, std::size_t limit) {
  std::string body;
  const bool whole = read([&](const char* bytes, std::size_t size) {
    if (size > limit - body.size()) return false;
    body.append(bytes, size);
    return true;
  });
  return whole ? std::optional<std::string>(std::move(body)) : std::nullopt;
}

class Route {
 public:
  Route(std::string path, const webhooks::VerifierOptions& options, Handler handler)
      : path_(std::move(path)), maxBody_(options.maxBody), verifier_(options), handler_(std::move(handler)) {}

  void operator()(const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& read) {
    // Without a length cpp-httplib would read until the connection ends.
    if (request.get_header_value_count("Content-Length") + request.get_header_value_count("Transfer-Encoding") != 1) {
      return examples::answerUnread(response, 411, "the length of the body is unclear");
    }
    const std::optional<std::string> body = readBody(read, maxBody_);
    if (!body) return examples::answerUnread(response, 413, "the body is too large, or broke off");
    const auto message = verifier_.verify(liveblocks::adapters::requestView(request, *body));
    if (!message) return refuse(response, path_, message.error());
    const bool first = seen_.firstSeen(message->id, message->timestamp);
    if (first && !handle(*message, response)) return;
    answer(response, 200, liveblocks::Json::object({{"repeated", !first}}));
  }

 private:
  /// False when it has answered, because this went wrong.
  bool handle(const webhooks::Message& message, httplib::Response& response) {
    try {
      const liveblocks::Result<std::string> line = handler_(message);
      if (line) {
        std::cout << (path_ + ": " + *line + "\n") << std::flush;
        return true;
      }
      seen_.forget(message.id);
      refuse(response, path_, line.error());
      return false;
    } catch (...) {
      // The next delivery of it is the first again.
      seen_.forget(message.id);
      throw;
    }
  }

  std::string path_;
  std::size_t maxBody_;
  webhooks::Verifier verifier_;
  webhooks::ReplayWindow seen_;
  Handler handler_;
};

}  // namespace

liveblocks::Result<std::string> handleLiveblocks(const webhooks::Message& message) {
  const auto event = webhooks::readLiveblocksEvent(message);
  if (!event) return event.error();
  if (const auto* entered = std::get_if<webhooks::events::UserEntered>(&event->content)) {
    return "room " + entered->roomId + " has " + std::to_string(entered->numActiveUsers) + " visitors";
  }
  if (const auto* created = std::get_if<webhooks::events::CommentCreated>(&event->content)) {
    return created->createdBy + " commented in room " + created->roomId;
  }
  return event->type;
}

liveblocks::Result<std::string> handleClerk(const webhooks::Message& message) {
  const auto event = webhooks::readClerkEvent(message);
  if (!event) return event.error();
  return event->type;
}

void addWebhook(httplib::Server& server, const std::string& path, const std::vector<liveblocks::Secret>& secrets,
                const Handler& handler) {
  webhooks::VerifierOptions options;
  options.secrets = secrets;
  server.Post(path, Route(path, options, handler));
}

}  // namespace webhooks_example
