// Blocking and asynchronous calls on several threads, for ThreadSanitizer above all.

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "scheduler_thread.hpp"

using namespace liveblocks;
using liveblocks_tests::SchedulerThread;

namespace {

constexpr int rounds = 40;

const testing::ClerkIssuer& issuer() {
  static const testing::ClerkIssuer instance;
  return instance;
}

/// Counts the calls that are to come.
class Outcomes {
 public:
  void expect(int count) { expected_ += count; }
  void add(bool isGood) {
    if (!isGood) ++bad_;
    ++come_;
  }
  int bad() const { return bad_; }
  int missing() const { return expected_ - come_; }

 private:
  std::atomic<int> expected_{0};
  std::atomic<int> come_{0};
  std::atomic<int> bad_{0};
};

struct Fixture {
  Fixture() {
    // Not owned: its own thread must not be the last one to know it.
    api->setScheduler({&scheduler, [](http::Scheduler*) {}});
    testing::FakeUser user;
    user.id = "user_1";
    api->addUser(user);
    options.publishableKey = issuer().publishableKey();
    options.clock = clock;
    userOptions.secretKey = api->secretKey();
    userOptions.cacheTtl = std::chrono::seconds(1);
    userOptions.clock = clock;
  }

  std::shared_ptr<testing::ManualClock> clock =
      std::make_shared<testing::ManualClock>(std::chrono::system_clock::now());
  std::shared_ptr<testing::FakeClerk> api = std::make_shared<testing::FakeClerk>(issuer());
  clerk::RequestAuthenticatorOptions options;
  clerk::UsersOptions userOptions;
  Outcomes outcomes;
  SchedulerThread scheduler;
};

}  // namespace

TEST_CASE_METHOD(Fixture, "blocking and asynchronous calls share keys and users on many threads") {
  const auto keys = clerk::KeySource::backendApi(api->secretKey(), "https://api.clerk.com", api);
  const auto by = std::make_shared<const clerk::RequestAuthenticator>(keys, options, api);
  const clerk::Users users(userOptions, api);
  testing::SessionTokenSpec spec;
  spec.issuedAt = clock->wall();
  const http::ReceivedRequest request{
      "GET", "https://app.example.com/", {{"Authorization", "Bearer " + issuer().sessionToken(spec)}}, {}};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    outcomes.expect(2 * rounds);
    threads.emplace_back([&, thread] {
      for (int i = 0; i < rounds; ++i) {
        // Keys and users grow old now and then.
        if (thread == 0 && i % 8 == 0) clock->advance(std::chrono::milliseconds(500));
        if ((i + thread) % 2 == 0) {
          outcomes.add(by->authenticate(request).isAuthenticated());
          outcomes.add(static_cast<bool>(users.get("user_1")));
          continue;
        }
        const CancellationSource source;
        const bool isCancelled = i % 5 == 0;
        by->authenticateAsync(request,
                              [&, isCancelled](const clerk::RequestState& state) {
                                outcomes.add(isCancelled || state.isAuthenticated());
                              },
                              {{}, source.token(), {}});
        users.getAsync(
            "user_1",
            [&, isCancelled](const Result<clerk::User>& user) { outcomes.add(isCancelled || static_cast<bool>(user)); },
            {{}, source.token(), {}});
        if (isCancelled) source.cancel();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  while (outcomes.missing() > 0) std::this_thread::yield();
  CHECK(outcomes.bad() == 0);
}
