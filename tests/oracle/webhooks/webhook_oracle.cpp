// Reads {"secret", "now", "vendor", "headers": [[name, value], ...], "body"} a line and prints what this library makes
// of it: {"verified", "message", "event"}, where event is null for a delivery that was refused and for a body that is
// no event.

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include <liveblocks/clerk/webhook_event.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/webhook_event.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include "../line_program.hpp"
#include "event_members_json.hpp"

namespace {

namespace webhooks = liveblocks::webhooks;
using nlohmann::json;

json readLiveblocks(const webhooks::Message& message) {
  const auto event = liveblocks::readWebhookEvent(message);
  if (!event) return json();
  return {{"type", event->type},
          {"data", json::parse(event->data.text())},
          {"kind", event->content.index()},
          {"members", liveblocks_tests::membersOf(event->content)}};
}

json readClerk(const webhooks::Message& message) {
  const auto event = liveblocks::clerk::readWebhookEvent(message);
  if (!event) return json();
  json shown{{"type", event->type},
             {"data", json::parse(event->data.text())},
             {"event_attributes", json::parse(event->eventAttributes.text())},
             {"timestamp", nullptr},
             {"instance_id", nullptr}};
  if (event->timestamp) {
    const auto sinceEpoch = event->timestamp->time_since_epoch();
    shown["timestamp"] = std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count();
  }
  if (event->instanceId) shown["instance_id"] = *event->instanceId;
  return shown;
}

json refused(const std::string& message) { return {{"verified", false}, {"message", message}, {"event", nullptr}}; }

json answer(const json& line) {
  webhooks::VerifierOptions options;
  options.secrets = {line.at("secret").get<std::string>()};
  const std::chrono::system_clock::time_point now{std::chrono::seconds(line.at("now").get<std::int64_t>())};
  options.clock = std::make_shared<liveblocks::testing::ManualClock>(now);
  const auto headers = line.at("headers").get<std::vector<std::pair<std::string, std::string>>>();
  const std::string body = line.at("body");
  const liveblocks::http::RequestView request{"POST", "/", {headers.begin(), headers.end()}, body};
  const auto message = webhooks::Verifier(options).verify(request);
  if (!message) return refused(message.error().message);
  const json event = line.at("vendor") == "clerk" ? readClerk(*message) : readLiveblocks(*message);
  return {{"verified", true}, {"message", ""}, {"event", event}};
}

json answerSafely(const json& line) {
  try {
    return answer(line);
  } catch (const std::invalid_argument& error) {
    return refused(error.what());
  }
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answerSafely); }
