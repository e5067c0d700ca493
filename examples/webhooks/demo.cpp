#include "demo.hpp"

#include <httplib.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <ctime>
#include <iostream>
#include <stdexcept>
#include <vector>

namespace webhooks_example {
namespace {

using Bytes = std::vector<unsigned char>;

constexpr const char* prefix = "whsec_";

std::string toBase64(const Bytes& bytes) {
  Bytes text((bytes.size() + 2) / 3 * 4 + 1);
  const int size = EVP_EncodeBlock(text.data(), bytes.data(), static_cast<int>(bytes.size()));
  return {text.begin(), text.begin() + size};
}

Bytes fromBase64(const std::string& text) {
  Bytes bytes(text.size() / 4 * 3);
  const auto* input = reinterpret_cast<const unsigned char*>(text.data());
  if (EVP_DecodeBlock(bytes.data(), input, static_cast<int>(text.size())) < 0) throw std::runtime_error("no base64");
  return bytes;
}

std::string sign(const std::string& secret, const std::string& text) {
  const Bytes key = fromBase64(secret.substr(std::string(prefix).size()));
  Bytes code(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  const auto* input = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), input, text.size(), code.data(), &size) == nullptr) {
    throw std::runtime_error("OpenSSL cannot sign");
  }
  code.resize(size);
  return "v1," + toBase64(code);
}

void expect(int expected, const char* what, const httplib::Result& answer) {
  if (!answer) throw std::runtime_error("the server does not answer");
  std::cout << what << ": " + std::to_string(answer->status) + " " + answer->body + "\n" << std::flush;
  if (answer->status != expected) throw std::runtime_error("the answer should be " + std::to_string(expected));
}

}  // namespace

std::string makeSecret() {
  // A multiple of 3, so that the text needs no padding.
  Bytes key(24);
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) throw std::runtime_error("no random bytes");
  return prefix + toBase64(key);
}

void sendDeliveries(const std::string& url, const std::string& secret) {
  const std::string path = "/webhooks/liveblocks";
  const std::string body = R"({"type":"userEntered","data":{"projectId":"demo","roomId":"lobby","connectionId":1,)"
                           R"("userId":"ada","userInfo":null,"numActiveUsers":3,"enteredAt":"2026-01-01T12:00:00Z"}})";
  const std::string id = "msg_demo";
  const std::string timestamp = std::to_string(std::time(nullptr));
  const httplib::Headers headers{{"webhook-id", id},
                                 {"webhook-timestamp", timestamp},
                                 {"webhook-signature", sign(secret, id + "." + timestamp + "." + body)}};
  httplib::Client client(url);
  std::string tampered = body;
  tampered.replace(tampered.find("lobby"), 5, "vault");
  expect(200, "a signed event", client.Post(path, headers, body, "application/json"));
  expect(200, "the same again", client.Post(path, headers, body, "application/json"));
  expect(400, "a changed one", client.Post(path, headers, tampered, "application/json"));
}

}  // namespace webhooks_example
