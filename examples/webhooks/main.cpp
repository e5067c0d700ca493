/// Takes webhooks of Liveblocks and Clerk.
#include <future>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "demo.hpp"
#include "receiver.hpp"

namespace webhooks_example {
namespace {

constexpr const char* programName = "webhooks";
constexpr const char* path = "/webhooks";

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
  addWebhooks(server, path, sendersFromEnvironment());
  examples::SiteConfig config = examples::siteFromEnvironment(false);
  examples::serve(server, stopSignals, examples::bind(server, config));
}

/// Serves until its own deliveries are answered.
void demonstrate(const sigset_t& stopSignals) {
  const liveblocks::testing::WebhookSigner liveblocks;
  const liveblocks::testing::WebhookSigner clerk;
  examples::Server server(programName);
  addWebhooks(server, path,
              {{"Liveblocks", {liveblocks.secret()}, handleLiveblocks}, {"Clerk", {clerk.secret()}, handleClerk}});
  examples::SiteConfig config = examples::siteFromEnvironment(true);
  const std::string origin = examples::bind(server, config);
  auto deliveries = std::async(std::launch::async, [&] {
    try {
      sendDeliveries(origin, path, liveblocks, clerk);
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
