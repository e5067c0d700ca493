/// A site that authenticates with Clerk and gets tokens from Liveblocks, both within this process.
#pragma once

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "tokens.hpp"

namespace liveblocks_tests {

inline const std::string& jwksOfIssuer() {
  static const std::string text = issuer().jwks();
  return text;
}

/// It knows Clerk's key, or fetches it.
struct Site {
  explicit Site(bool knowsKey) : hasKey(knowsKey) {}

  bool hasKey;
  std::shared_ptr<liveblocks::testing::ManualClock> clock =
      std::make_shared<liveblocks::testing::ManualClock>(std::chrono::system_clock::now());
  std::shared_ptr<liveblocks::testing::ManualScheduler> scheduler =
      std::make_shared<liveblocks::testing::ManualScheduler>();
  std::shared_ptr<liveblocks::testing::FakeClerk> clerkApi = std::make_shared<liveblocks::testing::FakeClerk>(issuer());
  // The fake of Liveblocks reads JSON in a way that needs memory to free it.
  std::shared_ptr<liveblocks::testing::FakeTransport> liveblocksApi =
      std::make_shared<liveblocks::testing::FakeTransport>(
          [](const liveblocks::http::Request& request, const liveblocks::http::Call&) {
            return liveblocks::testing::jsonResponse(
                200, request.method == "GET" ? R"({"nextCursor":null,"data":[]})" : R"({"token":"a.b.c"})");
          });
  liveblocks::clerk::Client client = makeClient();

  liveblocks::clerk::Client makeClient() const {
    clerkApi->addUser({"user_1"});
    // It would ask OpenSSL for the numbers of the key each time.
    clerkApi->respondNext("/v1/jwks", liveblocks::testing::jsonResponse(200, jwksOfIssuer()), 1'000'000);
    clerkApi->setScheduler(scheduler);
    liveblocksApi->setScheduler(scheduler);
    liveblocks::clerk::ClientOptions options;
    options.publishableKey = issuer().publishableKey();
    if (hasKey) options.jwtKey = issuer().publicKeyPem();
    options.secretKey = clerkApi->secretKey();
    options.tokenCache.capacity = 10;
    options.clock = clock;
    return liveblocks::clerk::Client(options, clerkApi);
  }

  liveblocks::Liveblocks liveblocksClient() const {
    liveblocks::LiveblocksOptions options;
    options.secret = "sk_test_x";
    options.retry = false;
    return liveblocks::Liveblocks(options, liveblocksApi);
  }

  liveblocks::AuthEndpoint endpoint() const {
    const auto decide = [](const liveblocks::Caller&, const auto& room) {
      return liveblocks::Decision().allow(room.value(), liveblocks::READ_ACCESS);
    };
    return {liveblocksClient(), liveblocks::clerkIdentity(client.sessionVerifier(), client.users()), decide};
  }

  /// What an asynchronous call comes to. It ends once, or throws and does not end; else it counts as broken. May run
  /// out of memory at any point.
  template <class T>
  T ended(const std::function<void(liveblocks::Callback<T>)>& start) const {
    const auto ended = std::make_shared<Ended<T>>();
    try {
      start([ended](T value) {
        if (ended->calls++ == 0) ended->outcome.emplace(std::move(value));
      });
    } catch (...) {
      while (!runAll()) {
      }
      if (ended->calls != 0) ++brokenCalls();
      throw;
    }
    while (!runAll()) {
    }
    if (ended->calls != 1) ++brokenCalls();
    return std::move(ended->outcome).value();
  }

  static std::atomic<int>& brokenCalls() {
    static std::atomic<int> count{0};
    return count;
  }

 private:
  template <class T>
  struct Ended {
    std::optional<T> outcome;
    int calls = 0;
  };

  /// False if it ran out of memory between two tasks.
  bool runAll() const {
    try {
      scheduler->runUntil((liveblocks::Deadline::max)());
      return true;
    } catch (const std::bad_alloc&) {
      return false;
    }
  }
};

inline liveblocks::http::ReceivedRequest requestWith(const std::string& token, const std::string& body = {}) {
  return {"POST", "https://app.example.com/", {{"Authorization", "Bearer " + token}}, body};
}

inline Verdict verdictOnState(const liveblocks::clerk::RequestState& state) {
  if (state.isAuthenticated()) return Verdict::accepted;
  return state.error() && state.error()->kind() == liveblocks::ErrorKind::unavailable ? Verdict::failed
                                                                                      : Verdict::refused;
}

inline Verdict verdictOnStatus(const liveblocks::http::Response& response) {
  if (response.status == 200) return Verdict::accepted;
  return response.status == 401 ? Verdict::refused : Verdict::failed;
}

}  // namespace liveblocks_tests
