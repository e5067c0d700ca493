/// Prints a table: what calls cost that wait, on the one thread of a loop.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include "../lean_server.hpp"
#include "../pinning.hpp"
#include "../session.hpp"

namespace liveblocks_bench {
namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using Clock = std::chrono::steady_clock;

constexpr std::size_t waitingCalls = 10'000;
constexpr std::chrono::seconds delay{2};
/// Calls that take too long are measured, too.
constexpr std::chrono::seconds patience{30};
constexpr std::size_t burst = 500;
constexpr std::chrono::milliseconds pause{50};
constexpr std::size_t hangingCalls = 50;
constexpr std::size_t freeCalls = 5'000;
constexpr unsigned clientCpu = 0;
constexpr unsigned serverCpu = 1;

/// Each call has a connection to the server.
void allowConnections() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < waitingCalls + 100) throw std::runtime_error("too few files may be open: see ulimit -n");
}

/// A number of /proc/self/status.
std::size_t statusOf(const std::string& name) {
  std::ifstream file("/proc/self/status");
  for (std::string word; file >> word;) {
    if (word != name + ":") continue;
    std::size_t number = 0;
    file >> number;
    return number;
  }
  throw std::runtime_error("/proc/self/status lacks " + name);
}

class Endpoint {
 public:
  explicit Endpoint(const std::string& upstream)
      : transport_(http::makeCurlTransport({}, thread_.makeLoop())), endpoint_(makeEndpoint(upstream)) {}

  void handle(bool isSignedIn, liveblocks::Callback<http::Response> done) {
    http::ReceivedRequest request{
        "POST", "/api/liveblocks-auth", {{"Content-Type", "application/json"}}, R"({"room":"r"})"};
    if (isSignedIn) request.headers.emplace_back("Authorization", "Bearer " + token_);
    endpoint_.handleAsync(std::move(request), std::move(done));
  }

 private:
  liveblocks::AuthEndpoint makeEndpoint(const std::string& upstream) const {
    liveblocks::LiveblocksOptions options{"sk_localdev"};
    options.baseUrl = upstream;
    options.timeout = patience;
    const clerk::SessionVerifier verifier(clerk::KeySource::pem(issuer_.publicKeyPem()), {});
    liveblocks::AuthEndpointOptions endpointOptions;
    endpointOptions.timeout = patience;
    return {liveblocks::Liveblocks(options, transport_), liveblocks::clerkIdentity(verifier),
            [](const liveblocks::AuthRequest& request) {
              return liveblocks::Decision().allow(*request.room, liveblocks::FULL_ACCESS);
            },
            endpointOptions};
  }

  liveblocks::testing::ClerkIssuer issuer_;
  std::string token_ = makeToken(issuer_, 0);
  http::LoopThread thread_;
  std::shared_ptr<http::Transport> transport_;
  liveblocks::AuthEndpoint endpoint_;
};

/// How long calls took, and whether all have ended.
class Latencies {
 public:
  liveblocks::Callback<http::Response> record(int status) {
    return [this, status, begin = Clock::now()](const http::Response& response) {
      const std::lock_guard lock(mutex_);
      seconds_.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
      if (response.status != status) ++failed_;
      recorded_.notify_one();
    };
  }

  void await(std::size_t count) {
    std::unique_lock lock(mutex_);
    recorded_.wait(lock, [&] { return seconds_.size() == count; });
    if (failed_ > 0) throw std::runtime_error(std::to_string(failed_) + " calls failed");
  }

  double p99() {
    std::sort(seconds_.begin(), seconds_.end());
    return seconds_.at(seconds_.size() * 99 / 100);
  }

 private:
  std::mutex mutex_;
  std::condition_variable recorded_;
  std::vector<double> seconds_;
  std::size_t failed_ = 0;
};

void measureWaiting() {
  const LeanServer upstream(serverCpu, delay);
  Endpoint endpoint(upstream.url());
  Latencies first;
  endpoint.handle(true, first.record(200));
  first.await(1);
  const std::size_t before = statusOf("VmRSS");
  Latencies latencies;
  for (std::size_t i = 0; i < waitingCalls; ++i) {
    endpoint.handle(true, latencies.record(200));
    // A queue of the system that overflows would be measured instead.
    if (i % burst == burst - 1) std::this_thread::sleep_for(pause);
  }
  latencies.await(waitingCalls);
  const double each = static_cast<double>(statusOf("VmHWM") - before) / static_cast<double>(waitingCalls);
  std::cout << "| " << waitingCalls << " endpoint calls that wait " << delay.count() << " s: p99 | " << latencies.p99()
            << " s |\n| the same: memory for each | " << each
            << " KiB |\n| the same: threads, the one of the program included | " << statusOf("Threads") << " |"
            << std::endl;
}

void measureHanging() {
  const LeanServer upstream(serverCpu, std::chrono::hours(1));
  Latencies ignored;  // Outlives the endpoint, whose end completes the calls.
  Endpoint endpoint(upstream.url());
  for (std::size_t i = 0; i < hangingCalls; ++i) endpoint.handle(true, ignored.record(503));
  Latencies latencies;
  for (std::size_t i = 1; i <= freeCalls; ++i) {
    endpoint.handle(false, latencies.record(401));
    latencies.await(i);
  }
  std::cout << "| a call without network beside " << hangingCalls << " that hang: p99 | " << latencies.p99() * 1e6
            << " µs |" << std::endl;
}

void run() {
  allowConnections();
  pinToCpu(clientCpu);
  std::cout << "| measure | value |\n| --- | ---: |\n" << std::fixed << std::setprecision(2);
  measureHanging();
  measureWaiting();
}

}  // namespace
}  // namespace liveblocks_bench

int main() try {
  liveblocks_bench::run();
  return 0;
} catch (const std::exception& error) {
  std::cerr << "liveblocks_waiting_bench: " << error.what() << std::endl;
  return 1;
}
