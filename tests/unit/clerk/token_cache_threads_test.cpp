#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "token_cache_fixture.hpp"

using namespace liveblocks;
using clerk::SessionVerifier;
using liveblocks_tests::Claims;
using liveblocks_tests::TokenCacheFixture;

TEST_CASE_METHOD(TokenCacheFixture, "threads share a cache while tokens come and go, and keys are refreshed") {
  constexpr int users = 6;
  constexpr int rounds = 200;
  spec.lifetime = std::chrono::hours(1);
  // One lock for all, or several.
  options.tokenCache.capacity = GENERATE(as<std::size_t>(), 4, 10'000);
  const auto transport = std::make_shared<testing::FakeTransport>(
      [](const auto&, const auto&) { return testing::jsonResponse(200, issuer().jwks()); });
  const SessionVerifier verifier(clerk::KeySource::backendApi("sk_test_x", "https://api.clerk.com", transport),
                                 options);
  std::vector<std::string> tokens;
  tokens.reserve(users);
  for (int user = 0; user < users; ++user) tokens.push_back(tokenOf(user));

  std::atomic<int> wrong{0};
  const auto work = [&](int offset) {
    for (int round = 0; round < rounds; ++round) {
      const int user = (round / 3 + offset) % users;
      const std::string& text = tokens[static_cast<std::size_t>(user)];
      const Claims claims = verifier.verify(text);
      if (!claims || claims->userId() != "user_" + std::to_string(user)) ++wrong;
      if (verifier.verify(text + 'A') || verifier.verify(text.substr(1))) ++wrong;
      if (round % 50 == offset) clock->advance(std::chrono::seconds(40));
      if (round % 20 == offset && !verifier.refreshKeys()) ++wrong;
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int offset = 0; offset < 4; ++offset) threads.emplace_back(work, offset);
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
