#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string_view>

#include <liveblocks/clerk/webhook_event.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhook_event.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include "fuzz_target.hpp"

namespace webhooks = liveblocks::webhooks;

namespace {

constexpr std::chrono::seconds now{1735689600};

const liveblocks::testing::WebhookSigner& signer() {
  static const liveblocks::testing::WebhookSigner instance{
      liveblocks::Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")};
  return instance;
}

/// Id, timestamp and signatures on a line each, then the body.
std::string delivery(const std::string& id, const std::string& timestamp, const std::string& body) {
  return id + '\n' + timestamp + "\nv2,x  " + signer().signature(id, timestamp, body) + '\n' + body;
}

const webhooks::Verifier& verifier() {
  static const webhooks::Verifier instance = [] {
    webhooks::VerifierOptions options;
    options.secrets = {signer().secret()};
    options.clock = std::make_shared<liveblocks::testing::ManualClock>(std::chrono::system_clock::time_point{now});
    return webhooks::Verifier(options);
  }();
  return instance;
}

/// What was accepted is what was signed.
void checkMessage(const webhooks::Message& message, std::string_view signatures) {
  const std::string timestamp =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(message.timestamp.time_since_epoch()).count());
  fuzzing::require(message.id.find('.') == std::string::npos);
  fuzzing::require(signatures.find(signer().signature(message.id, timestamp, message.body)) != std::string_view::npos);
}

/// An event is read from what is an object, whoever reads it.
void readEvents(std::string_view body) {
  const webhooks::Message message{"msg_1", {}, std::string(body)};
  if (const auto event = liveblocks::readWebhookEvent(message)) {
    fuzzing::require(event->content.index() == 0 || event->data.isObject());
  }
  if (const auto event = liveblocks::clerk::readWebhookEvent(message)) {
    fuzzing::require(event->data.isObject());
  }
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {delivery("msg_1", "1735689600",
                   R"({"type":"roomCreated","data":{"projectId":"p","roomId":"r","createdAt":"t"}})"),
          delivery("msg_2", "1735689900",
                   R"({"data":{"kind":"$a","channel":"email","projectId":"p","userId":"u","inboxNotificationId":"i",)"
                   R"("createdAt":"c","triggeredAt":"t","roomId":null,"subjectId":"s"},"type":"notification"})"),
          delivery("msg_3", "1735689300",
                   R"({"type":"user.created","data":{"id":"u"},"timestamp":1,"instance_id":"ins_1"})"),
          delivery("msg_4", "1735689601", "not json")};
}

/// Whatever the headers and the body are, in either family: nothing is accepted that was not signed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  std::array<std::string_view, 3> lines;
  std::string_view rest = input;
  for (std::string_view& line : lines) {
    line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  const auto [id, timestamp, signatures] = lines;
  const auto message = verifier().verify(
      {"POST", "/", {{"Svix-Id", id}, {"svix-timestamp", timestamp}, {"SVIX-SIGNATURE", signatures}}, rest});
  if (message) checkMessage(*message, signatures);
  readEvents(rest);
  return 0;
}
