#include "webhook_client.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "patience.hpp"
#include "raw_client.hpp"

namespace soak {
namespace {

using liveblocks::testing::SignedWebhook;
using liveblocks::testing::WebhookSpec;
using liveblocks_tests::RawClient;
using liveblocks_tests::statusOf;

std::string wireOf(const SignedWebhook& delivery) {
  std::string wire = "POST /webhooks HTTP/1.1\r\nHost: app.example.com\r\nConnection: close\r\n";
  for (const auto& header : delivery.headers) wire += header.name + ": " + header.value + "\r\n";
  return wire + "Content-Length: " + std::to_string(delivery.body.size()) + "\r\n\r\n" + delivery.body;
}

bool isFirst(const std::string& response) { return response.find(R"("repeated":false)") != std::string::npos; }

}  // namespace

void WebhookClient::deliver() { dice_.percent(20) ? deliverInvalid() : deliverRepeatedly(); }

std::vector<std::string> WebhookClient::sendAll(const std::vector<SignedWebhook>& deliveries, bool atOnce) {
  std::vector<std::string> responses;
  std::vector<RawClient> sockets;
  for (const SignedWebhook& delivery : deliveries) {
    sockets.emplace_back(server_.port());
    sockets.back().send(wireOf(delivery));
    if (!atOnce) responses.push_back(receivePatiently(sockets.back()));
  }
  if (atOnce) {
    for (RawClient& socket : sockets) responses.push_back(receivePatiently(socket));
  }
  for (const std::string& response : responses) ledger_.count("webhooks " + std::to_string(statusOf(response)));
  return responses;
}

void WebhookClient::deliverInvalid() {
  WebhookSpec spec;
  const bool isOld = dice_.percent(50);
  if (isOld) spec.sentAt = std::chrono::system_clock::now() - std::chrono::minutes(6);
  SignedWebhook delivery = server_.signer().sign(spec);
  if (!isOld) delivery.body += " ";
  const std::string response = sendAll({delivery}, true).front();
  if (statusOf(response) != 400) ledger_.problem("an invalid webhook", "400", response);
}

void WebhookClient::deliverRepeatedly() {
  const std::string id = "event-" + std::to_string(ids_.next());
  std::vector<SignedWebhook> deliveries;
  const std::size_t failures = dice_.percent(20) ? 1 : 0;
  const int count = dice_.between(1, 4);
  for (int i = 0; i < count; ++i) {
    WebhookSpec spec;
    spec.id = id;
    if (deliveries.size() < failures) spec.body = R"({"type":"fails"})";
    deliveries.push_back(server_.signer().sign(spec));
  }
  // The one that fails comes first, and the others when it has.
  const bool atOnce = failures == 0 && dice_.percent(50);
  check(id, sendAll(deliveries, atOnce), failures);
}

void WebhookClient::check(const std::string& id, const std::vector<std::string>& responses, std::size_t failures) {
  const int handled = server_.book().take(id);
  const bool isOne = responses.size() == failures ? handled == 0 : handled == 1;
  if (!isOne) ledger_.problem("webhook " + id, "handled once", "handled " + std::to_string(handled) + " times");
  const auto first = static_cast<int>(std::count_if(responses.begin(), responses.end(), isFirst));
  if (first != handled) ledger_.problem("webhook " + id, "one first response", std::to_string(first));
  for (const std::string& response : responses) {
    const int status = statusOf(response);
    const bool isExpected = status == 200 || status == 409 || (status == 500 && failures > 0);
    if (!isExpected) ledger_.problem("webhook " + id, "200 or 409, or 500 for work that fails", response);
  }
}

}  // namespace soak
