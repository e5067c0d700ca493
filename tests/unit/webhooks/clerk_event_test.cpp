#include <liveblocks/clerk/webhook_event.hpp>

#include "catch.hpp"

using liveblocks::Errc;

namespace {

liveblocks::Result<liveblocks::clerk::WebhookEvent> read(const std::string& body) {
  return liveblocks::clerk::readWebhookEvent({"msg_1", {}, body});
}

}  // namespace

TEST_CASE("a Clerk event keeps its data as JSON") {
  const auto event = read(R"({"object": "event", "type": "user.created", "data": {"id": "user_1", "n": 1.50},
    "event_attributes": {"http_request": {"client_ip": "203.0.113.1", "user_agent": "x"}},
    "timestamp": 1654012591835, "instance_id": "ins_1", "new": []})")
                         .value();
  CHECK(event.type == "user.created");
  CHECK(event.data.text() == R"({"id":"user_1","n":1.50})");
  CHECK(event.eventAttributes.text() == R"({"http_request":{"client_ip":"203.0.113.1","user_agent":"x"}})");
  CHECK(event.timestamp == std::chrono::system_clock::time_point(std::chrono::milliseconds(1654012591835)));
  CHECK(event.instanceId == "ins_1");
}

TEST_CASE("a Clerk event has at least a type and data") {
  const auto event = read(GENERATE(R"({"type":"user.created","data":{}})",
                                   R"({"type":"user.created","data":{},"timestamp":null,"instance_id":null})"))
                         .value();
  CHECK(event.data.text() == "{}");
  CHECK(event.eventAttributes.isNull());
  CHECK_FALSE(event.timestamp);
  CHECK_FALSE(event.instanceId);
}

TEST_CASE("a body that is not a Clerk event is refused with the name of the member") {
  const auto [body, code, message] = GENERATE(table<std::string, Errc, std::string>({
      {"", Errc::badWebhookJson, "strict JSON"},
      {"not json", Errc::badWebhookJson, "strict JSON"},
      {R"({"type":"a","type":"b","data":{}})", Errc::badWebhookJson, "strict JSON"},
      {"{\"type\":\"\xFF\",\"data\":{}}", Errc::badWebhookJson, "strict JSON"},
      {"null", Errc::badWebhookJson, "JSON object"},
      {" [] ", Errc::badWebhookJson, "JSON object"},
      {"{}", Errc::badWebhookEvent, "\"type\""},
      {R"({"type":5,"data":{}})", Errc::badWebhookEvent, "\"type\""},
      {R"({"type":"a"})", Errc::badWebhookEvent, "\"data\""},
      {R"({"type":"a","data":null})", Errc::badWebhookEvent, "\"data\""},
      {R"({"type":"a","data":[]})", Errc::badWebhookEvent, "\"data\""},
      {R"({"type":"a","data":{},"timestamp":"now"})", Errc::badWebhookEvent, "\"timestamp\""},
      {R"({"type":"a","data":{},"timestamp":1.5})", Errc::badWebhookEvent, "\"timestamp\""},
      {R"({"type":"a","data":{},"instance_id":1})", Errc::badWebhookEvent, "\"instance_id\""},
  }));
  CAPTURE(body);
  const auto event = read(body);
  CHECK(event.error().code == code);
  CHECK_THAT(event.error().message, ContainsSubstring(message));
}
