#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/testing/webhook_signer.hpp>

#include "catch.hpp"
#include "receiver.hpp"
#include "semaphore.hpp"

using liveblocks::testing::SignedWebhook;
using liveblocks::testing::WebhookSigner;
using liveblocks::webhooks::HeaderFamily;
using liveblocks::webhooks::Message;

namespace {

/// Serves one route, on a port that the system picks, for as long as it lives.
class Receiver {
 public:
  explicit Receiver(const std::vector<webhooks_example::Sender>& senders) {
    webhooks_example::addWebhooks(server_, "/webhooks", senders);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  ~Receiver() {
    server_.stop();
    thread_.join();
  }

  int send(const SignedWebhook& webhook) const {
    httplib::Headers headers;
    for (const auto& header : webhook.headers) headers.emplace(header.name, header.value);
    const auto answer =
        httplib::Client("127.0.0.1", port_).Post("/webhooks", headers, webhook.body, "application/json");
    return answer ? answer->status : 0;
  }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

liveblocks::Error failure() { return {liveblocks::Errc::internal, "the database is away"}; }

}  // namespace

TEST_CASE("a repetition that comes during the work comes again, and is worked on when the work fails") {
  const WebhookSigner signer;
  liveblocks_tests::Semaphore begun;
  liveblocks_tests::Semaphore goOn;
  int attempts = 0;
  const auto slow = [&](const Message&) -> liveblocks::Result<std::string> {
    if (++attempts > 1) return std::string("done");
    begun.post();
    goOn.wait();
    return failure();
  };
  const Receiver receiver({{"vendor", {signer.secret()}, slow}});
  const SignedWebhook webhook = signer.sign({});
  auto first = std::async(std::launch::async, [&] { return receiver.send(webhook); });
  begun.wait();
  CHECK(receiver.send(webhook) == 409);
  goOn.post();
  CHECK(first.get() == 500);
  CHECK(receiver.send(webhook) == 200);
  CHECK(receiver.send(webhook) == 200);
  CHECK(attempts == 2);
}

TEST_CASE("work that throws is done by the next delivery") {
  const WebhookSigner signer;
  int attempts = 0;
  const auto work = [&](const Message&) -> liveblocks::Result<std::string> {
    if (++attempts == 1) throw std::runtime_error("the work failed");
    return std::string("done");
  };
  const Receiver receiver({{"vendor", {signer.secret()}, work}});
  const SignedWebhook webhook = signer.sign({});
  CHECK(receiver.send(webhook) == 500);
  CHECK(receiver.send(webhook) == 200);
  CHECK(receiver.send(webhook) == 200);
  CHECK(attempts == 2);
}

TEST_CASE("the secret tells who sent an event, whatever its headers are called") {
  const std::vector<WebhookSigner> signers(3);
  std::vector<std::string> taken;
  const auto takeAs = [&taken](const std::string& name) {
    return [&taken, name](const Message&) -> liveblocks::Result<std::string> {
      taken.push_back(name);
      return name;
    };
  };
  const Receiver receiver(
      {{"a", {signers[0].secret(), signers[1].secret()}, takeAs("a")}, {"b", {signers[2].secret()}, takeAs("b")}});
  for (const HeaderFamily family : {HeaderFamily::standard, HeaderFamily::svix}) {
    for (const WebhookSigner& signer : signers) CHECK(receiver.send(signer.sign({"{}", "", {}, family})) == 200);
  }
  CHECK(receiver.send(WebhookSigner().sign({})) == 400);
  CHECK(taken == std::vector<std::string>{"a", "a", "b", "a", "a", "b"});
}
