#include "demo.hpp"

#include <httplib.h>

#include <iostream>
#include <stdexcept>
#include <utility>

namespace webhooks_example {
namespace {

namespace testing = liveblocks::testing;
using liveblocks::webhooks::HeaderFamily;

testing::WebhookSpec userEntered() {
  testing::WebhookSpec spec;
  spec.body = R"({"type":"userEntered","data":{"projectId":"demo","roomId":"lobby","connectionId":1,)"
              R"("userId":"ada","userInfo":null,"numActiveUsers":3,"enteredAt":"2026-01-01T12:00:00Z"}})";
  return spec;
}

testing::WebhookSpec userCreated() {
  testing::WebhookSpec spec;
  spec.body = R"({"type":"user.created","object":"event","data":{"id":"user_1"}})";
  spec.family = HeaderFamily::svix;
  return spec;
}

class Vendor {
 public:
  Vendor(const std::string& origin, std::string path) : client_(origin), path_(std::move(path)) {}

  void send(int expected, const char* what, const testing::SignedWebhook& webhook) {
    httplib::Headers headers;
    for (const auto& header : webhook.headers) headers.emplace(header.name, header.value);
    const httplib::Result answer = client_.Post(path_, headers, webhook.body, "application/json");
    if (!answer) throw std::runtime_error("the server does not answer");
    std::cout << what << ": " + std::to_string(answer->status) + " " + answer->body + "\n" << std::flush;
    if (answer->status != expected) throw std::runtime_error("the answer should be " + std::to_string(expected));
  }

 private:
  httplib::Client client_;
  std::string path_;
};

}  // namespace

void sendDeliveries(const std::string& origin, const std::string& path, const testing::WebhookSigner& liveblocks,
                    const testing::WebhookSigner& clerk) {
  Vendor vendor(origin, path);
  const testing::SignedWebhook entered = liveblocks.sign(userEntered());
  vendor.send(200, "an event of Liveblocks", entered);
  vendor.send(200, "the same again", entered);
  vendor.send(200, "an event of Clerk", clerk.sign(userCreated()));
  testing::SignedWebhook changed = liveblocks.sign(userEntered());
  changed.body.replace(changed.body.find("lobby"), 5, "vault");
  vendor.send(400, "a changed one", changed);
}

}  // namespace webhooks_example
