// What docs/webhooks.md shows for cpp-httplib.
#include <functional>
#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhooks/verifier.hpp>
#include <string>

#include "catch.hpp"
#include "raw_client.hpp"
#include "test_server.hpp"

namespace http = liveblocks::http;
namespace webhooks = liveblocks::webhooks;
using liveblocks::testing::WebhookSigner;
using liveblocks_tests::RawClient;
using liveblocks_tests::statusOf;

namespace {

constexpr std::size_t limit = std::size_t{1} << 20;

// webhooks.md cpp-httplib: begin
// `take` is takeWebhook() with the verifier, the deduplicator and the work.
void addWebhooks(httplib::Server& server, const std::function<int(const http::RequestView&)>& take) {
  liveblocks::adapters::makeStrict(server);  // Where there is a guard: addGuard() in its place.
  server.Post("/webhooks",
              [take](const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& read) {
                std::string body;
                const bool isPlain = !request.has_header("Transfer-Encoding") &&
                                     !request.has_header("Content-Encoding") && !request.is_multipart_form_data();
                const auto append = [&body](const char* bytes, std::size_t size) {
                  body.append(bytes, size);
                  return body.size() <= webhooks::VerifierOptions().maxBody;  // Nobody fills the memory.
                };
                const bool isWhole = isPlain && read(append);
                response.status = isWhole ? take(liveblocks::adapters::requestView(request, body)) : 400;
              });
}
// webhooks.md cpp-httplib: end

class Receiver {
 public:
  Receiver() {
    addWebhooks(server_, [this](const http::RequestView& request) { return verifier_.verify(request) ? 200 : 400; });
    port_ = server_.start();
  }

  RawClient connect() const { return RawClient(port_); }

  static std::string post(const std::string& headers, const std::string& body) {
    return "POST /webhooks HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body;
  }

  std::string signedPost(const std::string& body, const std::string& more = {}) const {
    liveblocks::testing::WebhookSpec spec;
    spec.body = body;
    std::string headers = more;
    for (const http::Header& header : signer_.sign(spec).headers) headers += header.name + ": " + header.value + "\r\n";
    return post(headers + "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
  }

 private:
  static webhooks::Verifier makeVerifier(const WebhookSigner& signer) {
    webhooks::VerifierOptions options;
    options.secrets = {signer.secret()};
    return webhooks::Verifier(options);
  }

  WebhookSigner signer_;
  webhooks::Verifier verifier_ = makeVerifier(signer_);
  int port_ = 0;
  liveblocks_tests::TestServer server_;
};

}  // namespace

TEST_CASE("the guide takes webhooks on cpp-httplib, and no others") {
  const Receiver receiver;
  RawClient client = receiver.connect();
  const std::string webhook = receiver.signedPost(R"({"type":"userEntered"})", "Content-Type: application/json\r\n");
  client.send(webhook);
  CHECK(statusOf(client.receive()) == 200);
  client.send(receiver.signedPost(""));
  CHECK(statusOf(client.receive()) == 200);
  std::string changed = webhook;
  changed.replace(changed.find("Entered"), 7, "Removed");
  client.send(changed);
  CHECK(statusOf(client.receive()) == 400);
}

TEST_CASE("the guide's webhooks on cpp-httplib have bodies of 1 MiB") {
  const Receiver receiver;
  RawClient client = receiver.connect();
  const auto [size, status] = GENERATE(table<std::size_t, int>({{limit - 1, 200}, {limit, 200}, {limit + 1, 400}}));
  CAPTURE(size);
  client.send(receiver.signedPost(std::string(size, 'x')));
  CHECK(statusOf(client.receive()) == status);
}

TEST_CASE("the guide reads no endless webhook on cpp-httplib") {
  const Receiver receiver;
  RawClient client = receiver.connect();
  client.send(Receiver::post("Content-Length: 999999999999\r\n", {}));
  const std::string block(1 << 16, 'x');
  std::size_t sent = 0;
  constexpr std::size_t tooMuch = std::size_t{1} << 30;
  while (sent < tooMuch && client.send(block)) sent += block.size();
  CHECK(sent < tooMuch);
}

TEST_CASE("the guide refuses unread what is no plain webhook on cpp-httplib") {
  const Receiver receiver;
  RawClient client = receiver.connect();
  const std::string headers =
      GENERATE(as<std::string>(), "Transfer-Encoding: chunked\r\n", "Content-Length: 9\r\nContent-Encoding: gzip\r\n",
               "Content-Length: 9\r\nContent-Type: multipart/form-data; boundary=x\r\n");
  CAPTURE(headers);
  client.send(Receiver::post(headers, {}));
  CHECK(statusOf(client.receive()) == 400);
  CHECK(client.atEnd());
}
