/// Takes webhooks of Liveblocks and Clerk.
#include <future>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "common/environment.hpp"
#include "common/program.hpp"
#include "common/server.hpp"
#include "common/site.hpp"
#include "demo.hpp"
#include "receiver.hpp"

namespace webhooks_example {
namespace {

constexpr const char* programName = "webhooks";

std::vector<liveblocks::Secret> secretsVariable(const char* name) {
  std::vector<liveblocks::Secret> secrets;
  std::istringstream text(examples::variable(name));
  for (std::string secret; text >> secret;) secrets.emplace_back(secret);
  return secrets;
}

void addRoutes(httplib::Server& server) {
  const auto liveblocks = secretsVariable("LIVEBLOCKS_WEBHOOK_SECRET");
  const auto clerk = secretsVariable("CLERK_WEBHOOK_SIGNING_SECRET");
  if (liveblocks.empty() && clerk.empty()) {
    throw std::invalid_argument("set LIVEBLOCKS_WEBHOOK_SECRET or CLERK_WEBHOOK_SIGNING_SECRET, or give --demo");
  }
  if (!liveblocks.empty()) addWebhook(server, "/webhooks/liveblocks", liveblocks, handleLiveblocks);
  if (!clerk.empty()) addWebhook(server, "/webhooks/clerk", clerk, handleClerk);
}

void serve(const sigset_t& stopSignals) {
  examples::Server server(programName);
  addRoutes(server);
  examples::SiteConfig config = examples::siteFromEnvironment(false);
  std::cout << "ready: " << examples::bind(server, config) << std::endl;
  server.serve(stopSignals);
}

/// Serves until its own deliveries are answered.
void demonstrate(const sigset_t& stopSignals) {
  const std::string secret = makeSecret();
  examples::Server server(programName);
  addWebhook(server, "/webhooks/liveblocks", {liveblocks::Secret(secret)}, handleLiveblocks);
  examples::SiteConfig config = examples::siteFromEnvironment(true);
  const std::string url = examples::bind(server, config);
  auto deliveries = std::async(std::launch::async, [&] {
    try {
      sendDeliveries(url, secret);
    } catch (...) {
      server.stop();
      throw;
    }
    server.stop();
  });
  server.serve(stopSignals);
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
