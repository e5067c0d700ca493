// Reads {"secret", "id", "now", "vendor", "body"} a line, signs that with testing::WebhookSigner as the vendor would,
// and prints {"headers": [[name, value], ...], "body"}.

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/testing/webhook_signer.hpp>

#include "../line_program.hpp"

namespace {

namespace testing = liveblocks::testing;
using liveblocks::webhooks::HeaderFamily;
using nlohmann::json;

json answer(const json& line) {
  const testing::WebhookSigner signer{liveblocks::Secret(line.at("secret").get<std::string>())};
  testing::WebhookSpec spec;
  spec.body = line.at("body");
  spec.id = line.at("id");
  spec.sentAt = std::chrono::system_clock::time_point(std::chrono::seconds(line.at("now").get<std::int64_t>()));
  spec.family = line.at("vendor") == "clerk" ? HeaderFamily::svix : HeaderFamily::standard;
  const testing::SignedWebhook webhook = signer.sign(spec);
  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto& header : webhook.headers) headers.emplace_back(header.name, header.value);
  return {{"headers", headers}, {"body", webhook.body}};
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answer); }
