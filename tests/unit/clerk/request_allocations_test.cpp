// What authenticate() takes from the heap is bounded, however much a client sends.

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "allocated_bytes.hpp"
#include "catch.hpp"

namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
namespace testing = liveblocks::testing;

constexpr std::size_t kibibyte = 1024;
/// Beyond every cap: 64 KiB of cookies, 200 cookies, tokens of 16 KiB.
constexpr std::size_t beyondCaps = 128 * kibibyte;

/// A request that a client has blown up.
struct Hostile {
  std::string url = "https://app.example.com/dash";
  std::vector<std::pair<std::string, std::string>> headers;
};

struct Shape {
  const char* name;
  Hostile (*make)(std::size_t size);
};

Hostile withHeader(const char* name, std::string value) {
  Hostile request;
  request.headers = {{"Sec-Fetch-Dest", "document"}, {name, std::move(value)}};
  return request;
}

std::string repeated(const std::string& text, std::size_t size) {
  std::string all;
  while (all.size() < size) all += text;
  return all;
}

/// Of three parts, and no JSON.
std::string tokenOf(std::size_t size) { return "e30." + std::string(size, 'A') + ".AAAA"; }

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all{
      {"a long cookie", [](std::size_t size) { return withHeader("Cookie", "a=" + std::string(size, 'x')); }},
      {"many cookies", [](std::size_t size) { return withHeader("Cookie", repeated("a=1; ", size)); }},
      {"many session cookies",
       [](std::size_t size) { return withHeader("Cookie", repeated("__session=a.b.c; ", size)); }},
      {"a long session cookie",
       [](std::size_t size) { return withHeader("Cookie", "__client_uat=1; __session=" + tokenOf(size)); }},
      {"an encoded session cookie",
       [](std::size_t size) { return withHeader("Cookie", "__client_uat=1; __session=" + repeated("%41", size)); }},
      {"a long time of the client",
       [](std::size_t size) {
         return withHeader("Cookie", "__session=a.b.c; __client_uat=" + std::string(size, '1'));
       }},
      {"a long handshake", [](std::size_t size) { return withHeader("Cookie", "__clerk_handshake=" + tokenOf(size)); }},
      {"a long nonce",
       [](std::size_t size) { return withHeader("Cookie", "__clerk_handshake_nonce=" + std::string(size, 'a')); }},
      {"a long counter",
       [](std::size_t size) { return withHeader("Cookie", "__clerk_redirect_count=" + std::string(size, '1')); }},
      {"a long token", [](std::size_t size) { return withHeader("Authorization", "Bearer " + tokenOf(size)); }},
      {"a long API key",
       [](std::size_t size) { return withHeader("Authorization", "Bearer ak_" + std::string(size, 'a')); }},
      {"a long referrer",
       [](std::size_t size) { return withHeader("Referer", "https://other.example.com/" + std::string(size, 'a')); }},
      {"a long host", [](std::size_t size) { return withHeader("X-Forwarded-Host", std::string(size, 'a')); }},
      {"a long destination", [](std::size_t size) { return withHeader("Sec-Fetch-Dest", std::string(size, 'a')); }},
      {"many headers",
       [](std::size_t size) {
         Hostile request;
         request.headers.assign(size / 16, {"Cookie", "a=1"});
         return request;
       }},
      {"a long path",
       [](std::size_t size) {
         Hostile request = withHeader("Cookie", "__session=a.b.c");
         request.url += std::string(size, 'a');
         return request;
       }},
      {"a long query",
       [](std::size_t size) {
         Hostile request = withHeader("Cookie", "__session=a.b.c");
         request.url += "?" + repeated("a=1&", size);
         return request;
       }},
  };
  return all;
}

clerk::RequestAuthenticator makeAuthenticator() {
  const testing::ClerkIssuer issuer;
  clerk::RequestAuthenticatorOptions options;
  options.publishableKey = issuer.publishableKey();
  options.secretKey = "sk_live_test";
  options.acceptsToken = clerk::AcceptedTokens::any();
  options.trustForwardedHeaders = true;
  return clerk::RequestAuthenticator(clerk::KeySource::pem(issuer.publicKeyPem()), options,
                                     std::make_shared<testing::FakeTransport>());
}

/// What the second of two equal calls allocates.
std::size_t bytesFor(const clerk::RequestAuthenticator& authenticator, const Hostile& hostile) {
  http::RequestView request;
  request.method = "GET";
  request.url = hostile.url;
  request.headers.assign(hostile.headers.begin(), hostile.headers.end());
  authenticator.authenticate(request);
  const std::size_t before = liveblocks_tests::allocatedBytes();
  authenticator.authenticate(request);
  return liveblocks_tests::allocatedBytes() - before;
}

}  // namespace

TEST_CASE("what authenticate() allocates is bounded, however large the request is") {
  const clerk::RequestAuthenticator authenticator = makeAuthenticator();
  REQUIRE(bytesFor(authenticator, {}) > 0);
  for (const Shape& shape : shapes()) {
    INFO(shape.name);
    for (const std::size_t size : {kibibyte, 16 * kibibyte, 63 * kibibyte}) {
      CHECK(bytesFor(authenticator, shape.make(size)) < 512 * kibibyte);
    }
    const std::size_t beyond = bytesFor(authenticator, shape.make(beyondCaps));
    CHECK(beyond < 512 * kibibyte);
    CHECK(bytesFor(authenticator, shape.make(16 * beyondCaps)) == beyond);
  }
}
