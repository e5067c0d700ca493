#include <atomic>
#include <thread>

#include "testing/transport_check/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

constexpr std::string_view secret = "secret-that-must-not-be-told";

http::Request withSecret(std::string url, std::string_view after = {}) {
  return {"GET", std::move(url), {{"Authorization", std::string(secret).append(after), true}}, {}};
}

/// For other threads than that of the check.
bool isAnswered(http::Transport& transport, const http::Request& request) noexcept {
  try {
    const Outcome outcome = transport.send(request, within(ample));
    return outcome && outcome->status == 200 && outcome->body == request.body;
  } catch (...) {
    return false;
  }
}

/// The number of requests that are not answered, or with the answer of another one.
int countWrong(http::Transport& transport, const std::string& url) {
  constexpr int count = 8;
  constexpr int each = 25;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  threads.reserve(count);
  for (int thread = 0; thread < count; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < each; ++i) {
        const std::string body = std::to_string(thread) + "/" + std::to_string(i);
        if (!isAnswered(transport, post(url, body))) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return wrong;
}

}  // namespace

void checkInsecureHttp(Probe& probe) {
  Peer peer([](const Received&) { return answer(200, "ok"); });
  // Leads to this machine, and is no loopback address.
  const std::string url = "http://0.0.0.0:" + std::to_string(peer.port()) + "/";
  probe.expectError(probe.send(get(url)), Errc::invalidRequest, "http:// to a host that is not loopback");
  probe.expect(peer.requestCount() == 0, "a request was sent over plain http to a host that is not loopback");
}

void checkHeaderInjection(Probe& probe) {
  Peer peer([](const Received&) { return answer(200, ""); });
  for (const char* end : {"\r\n", "\n", "\r"}) {
    const http::Request request{"GET", peer.url(), {{"X-Given", std::string("a") + end + "X-Injected: b"}}, {}};
    probe.expectError(probe.send(request), Errc::invalidRequest, "a header value that holds the end of a line");
  }
  const http::Request request{"GET", peer.url(), {{"X-Given: a\r\nX-Injected", "b"}}, {}};
  probe.expectError(probe.send(request), Errc::invalidRequest, "a header name that holds the end of a line");
  for (const Received& seen : peer.requests()) {
    probe.expect(seen.valuesOf("X-Injected").empty(), "a header value became a header of its own");
  }
}

void checkErrorTexts(Probe& probe) {
  const auto check = [&](const Outcome& outcome, const std::string& what) {
    const bool tells = !outcome && outcome.error().message.find(secret) != std::string::npos;
    probe.expect(!tells, what + ": the message of the error held a header value");
  };
  Peer silent([](const Received&) { return Steps{Step::hold()}; });
  Peer breaking([](const Received&) { return Steps{Step::reset()}; });
  check(probe.send(withSecret(silent.url()), within(brief)), "no answer");
  check(probe.send(withSecret(breaking.url())), "a connection reset");
  check(probe.send(withSecret(breaking.url(), "\r\n")), "a value that cannot be sent");
  check(probe.send(withSecret("http://127.0.0.1:1")), "no connection");
}

void checkThreads(Probe& probe) {
  Peer peer([](const Received& request) { return answer(200, request.body); });
  const int wrong = countWrong(probe.transport(), peer.url());
  probe.expect(wrong == 0, std::to_string(wrong) + " of 200 requests from 8 threads went wrong");

  std::atomic<bool> slowAsked{false};
  std::atomic<bool> fastAnswered{false};
  Peer uneven([&](const Received& request) {
    if (request.target != "/slow") return answer(200, "");
    slowAsked = true;
    Steps steps = answer(200, "");
    steps.insert(steps.begin(), Step::hold([&] { return fastAnswered.load(); }));
    return steps;
  });
  std::thread slow([&] {
    isAnswered(probe.transport(), get(uneven.url("/slow")));
    slowAsked = true;
  });
  while (!slowAsked) std::this_thread::yield();
  isAnswered(probe.transport(), get(uneven.url("/fast")));
  fastAnswered = true;
  slow.join();
  probe.expect(!uneven.gaveUp(), "one slow exchange held up another one");
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
