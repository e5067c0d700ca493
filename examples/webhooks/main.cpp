/// Receives webhooks of Liveblocks and Clerk.
#include <httplib.h>

#include <future>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/testing/webhook_signer.hpp>

#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "receiver.hpp"

namespace webhooks_example {
namespace {

constexpr const char* programName = "webhooks";
constexpr const char* webhookPath = "/webhooks";

std::vector<liveblocks::Secret> secretsVariable(const char* name) {
  std::vector<liveblocks::Secret> secrets;
  std::istringstream text(examples::variable(name));
  for (std::string secret; text >> secret;) secrets.emplace_back(secret);
  return secrets;
}

std::vector<Sender> sendersFromEnvironment() {
  std::vector<Sender> senders;
  const auto add = [&senders](const char* name, const char* variable, const Handler& handler) {
    const auto secrets = secretsVariable(variable);
    if (!secrets.empty()) senders.push_back({name, secrets, handler});
  };
  add("Liveblocks", "LIVEBLOCKS_WEBHOOK_SECRET", handleLiveblocks);
  add("Clerk", "CLERK_WEBHOOK_SIGNING_SECRET", handleClerk);
  if (senders.empty()) {
    throw std::invalid_argument("set LIVEBLOCKS_WEBHOOK_SECRET or CLERK_WEBHOOK_SIGNING_SECRET, or give --demo");
  }
  return senders;
}

void serve(const sigset_t& stopSignals) {
  examples::Server server(programName);
  addWebhooks(server, webhookPath, sendersFromEnvironment());
  examples::SiteConfig config = examples::siteFromEnvironment(false);
  examples::serve(server, stopSignals, examples::bind(server, config));
}

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
    const httplib::Result response = client_.Post(path_, headers, webhook.body, "application/json");
    if (!response) throw std::runtime_error("the server does not respond");
    std::cout << what << ": " + std::to_string(response->status) + " " + response->body + "\n" << std::flush;
    if (response->status != expected) throw std::runtime_error("the status should be " + std::to_string(expected));
  }

 private:
  httplib::Client client_;
  std::string path_;
};

/// Sends an event of each vendor, one of them twice, and a changed one, and prints the responses. Throws
/// `std::runtime_error` for an unexpected response.
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

/// Serves until its own deliveries are handled.
void demonstrate(const sigset_t& stopSignals) {
  const liveblocks::testing::WebhookSigner liveblocks;
  const liveblocks::testing::WebhookSigner clerk;
  examples::Server server(programName);
  addWebhooks(server, webhookPath,
              {{"Liveblocks", {liveblocks.secret()}, handleLiveblocks}, {"Clerk", {clerk.secret()}, handleClerk}});
  examples::SiteConfig config = examples::siteFromEnvironment(true);
  const std::string origin = examples::bind(server, config);
  auto deliveries = std::async(std::launch::async, [&] {
    try {
      sendDeliveries(origin, webhookPath, liveblocks, clerk);
    } catch (...) {
      server.stop();
      throw;
    }
    server.stop();
  });
  examples::serve(server, stopSignals, origin);
  deliveries.get();
}

}  // namespace
}  // namespace webhooks_example

int main(int count, char** arguments) {
  const sigset_t stopSignals = examples::blockStopSignals();
  return examples::runProgram(webhooks_example::programName, count, arguments, [&stopSignals](bool demo) {
    demo ? webhooks_example::demonstrate(stopSignals) : webhooks_example::serve(stopSignals);
  });
}
