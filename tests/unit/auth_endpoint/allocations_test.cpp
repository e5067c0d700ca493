// What the asynchronous form of a request takes from the heap, compared with the blocking one.

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include "allocated_bytes.hpp"
#include "catch.hpp"

namespace lb = liveblocks;
using liveblocks_tests::allocatedBytes;

TEST_CASE("an asynchronous request takes little more memory than a blocking one") {
  const lb::testing::ClerkIssuer issuer;
  const auto scheduler = std::make_shared<lb::testing::ManualScheduler>();
  const auto transport = std::make_shared<lb::testing::FakeTransport>(
      [](const auto&, const auto&) { return lb::testing::jsonResponse(200, R"({"token":"a.b.c"})"); });
  transport->setScheduler(scheduler);
  const lb::clerk::SessionVerifier verifier(lb::clerk::KeySource::pem(issuer.publicKeyPem()));
  const lb::AuthEndpoint endpoint(
      lb::Liveblocks({"sk_x"}, transport), lb::clerkIdentity(verifier),
      [](const lb::AuthRequest& request) { return lb::Decision().allow(request.room.value(), lb::FULL_ACCESS); });
  lb::testing::SessionTokenSpec spec;
  // Claims that are too large to be copied unnoticed.
  spec.claims = {{"extra", lb::Json(std::string(10'000, 'x'))}};
  const lb::http::ReceivedRequest request{
      "POST", "/api/liveblocks-auth", {{"Authorization", "Bearer " + issuer.sessionToken(spec)}}, R"({"room":"r"})"};

  const auto blocking = [&] {
    const std::size_t before = allocatedBytes();
    CHECK(endpoint.handle(request).status == 200);
    return allocatedBytes() - before;
  };
  const auto asynchronous = [&] {
    lb::http::ReceivedRequest own = request;
    int status = 0;
    const std::size_t before = allocatedBytes();
    endpoint.handleAsync(std::move(own), [&status](const lb::http::Response& response) { status = response.status; });
    scheduler->run();
    const std::size_t after = allocatedBytes();
    CHECK(status == 200);
    return after - before;
  };
  blocking();
  asynchronous();
  constexpr std::size_t handling = 4096;
  const std::size_t bytes = blocking();
  CAPTURE(bytes);
  CHECK(asynchronous() <= bytes + handling);
}
