#include "testing/transport_check/rules.hpp"

#include <atomic>
#include <exception>
#include <thread>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {

namespace {

std::string nameOf(Errc code) { return make_error_code(code).message(); }

}  // namespace

http::Call within(std::chrono::milliseconds time) { return http::Call{std::chrono::steady_clock::now() + time}; }

http::Request get(std::string url) { return {"GET", std::move(url), {}, {}}; }

http::Request post(std::string url, std::string body) { return {"POST", std::move(url), {}, std::move(body)}; }

std::string summary(const Outcome& outcome) {
  if (!outcome) return "the error \"" + nameOf(outcome.error().code) + '"';
  return "status " + std::to_string(outcome->status) + " with " + std::to_string(outcome->body.size()) + " bytes";
}

Outcome Probe::send(const http::Request& request, const http::Call& call) {
  try {
    return transport_.send(request, call);
  } catch (const std::exception& exception) {
    expect(false, std::string("send() threw an exception: ") + exception.what());
  } catch (...) {
    expect(false, "send() threw something that is not a std::exception");
  }
  return Error{Errc::internal, {}};
}

void Probe::expect(bool condition, const std::string& what) {
  if (!condition) findings_.push_back({std::string(rule_), what});
}

void Probe::expectAnswer(const Outcome& outcome, int status, std::string_view body, const std::string& what) {
  const bool isRight = outcome && outcome->status == status && outcome->body == body;
  expect(isRight, what + ": expected status " + std::to_string(status) + " with " + std::to_string(body.size()) +
                      " bytes, got " + summary(outcome));
}

void Probe::expectError(const Outcome& outcome, Errc code, const std::string& what) {
  const bool isRight = !outcome && outcome.error().code == code;
  expect(isRight, what + ": expected the error \"" + nameOf(code) + "\", got " + summary(outcome));
}

namespace {

constexpr std::string_view secret = "secret-that-must-not-be-told";

http::Request withSecret(std::string url, std::string_view after = {}) {
  return {"GET", std::move(url), {{"Authorization", std::string(secret).append(after), true}}, {}};
}

/// May be called on any thread.
bool isAnswered(http::Transport& transport, const http::Request& request) noexcept {
  try {
    const Outcome outcome = transport.send(request, within(ample));
    return outcome && outcome->status == 200 && outcome->body == request.body;
  } catch (...) {
    return false;
  }
}

/// Returns the number of requests that failed or got the response of another request.
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
  Server server([](const Received&) { return answer(200, "ok"); });
  // Reaches this machine without being a loopback address.
  const std::string url = "http://0.0.0.0:" + std::to_string(server.port()) + "/";
  probe.expectError(probe.send(get(url)), Errc::invalidRequest, "http:// to a host that is not loopback");
  probe.expect(server.requestCount() == 0, "a request was sent over plain http to a host that is not loopback");
}

void checkHeaderInjection(Probe& probe) {
  Server server([](const Received&) { return answer(200, ""); });
  for (const char* end : {"\r\n", "\n", "\r"}) {
    const http::Request request{"GET", server.url(), {{"X-Given", std::string("a") + end + "X-Injected: b"}}, {}};
    probe.expectError(probe.send(request), Errc::invalidRequest, "a header value that contains a line break");
  }
  const http::Request request{"GET", server.url(), {{"X-Given: a\r\nX-Injected", "b"}}, {}};
  probe.expectError(probe.send(request), Errc::invalidRequest, "a header name that contains a line break");
  for (const Received& seen : server.requests()) {
    probe.expect(seen.valuesOf("X-Injected").empty(), "a header value became a header of its own");
  }
}

void checkErrorTexts(Probe& probe) {
  const auto check = [&](const Outcome& outcome, const std::string& what) {
    const bool tells = !outcome && outcome.error().message.find(secret) != std::string::npos;
    probe.expect(!tells, what + ": the message of the error contained a header value");
  };
  Server silent([](const Received&) { return Steps{Step::hold()}; });
  Server breaking([](const Received&) { return Steps{Step::reset()}; });
  check(probe.send(withSecret(silent.url()), within(brief)), "no answer");
  check(probe.send(withSecret(breaking.url())), "a connection reset");
  check(probe.send(withSecret(breaking.url(), "\r\n")), "a value that cannot be sent");
  check(probe.send(withSecret("http://127.0.0.1:1")), "no connection");
}

void checkThreads(Probe& probe) {
  Server server([](const Received& request) { return answer(200, request.body); });
  const int wrong = countWrong(probe.transport(), server.url());
  probe.expect(wrong == 0, std::to_string(wrong) + " of 200 requests from 8 threads went wrong");

  std::atomic<bool> slowAsked{false};
  std::atomic<bool> fastAnswered{false};
  Server uneven([&](const Received& request) {
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
  probe.expect(!uneven.gaveUp(), "one slow exchange delayed another one");
}

namespace {

struct Break {
  std::string name;
  std::string bytes;
};

std::vector<Break> breaks() {
  return {
      {"before the answer", ""},
      {"inside the headers", "HTTP/1.1 200 OK\r\nContent-"},
      {"before the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"},
      {"inside the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"},
      {"inside the chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"},
  };
}

/// Responds to the first request, then closes the connection without a response.
Server::React breakAfterFirst() {
  return [](const Received& request) { return request.target == "/first" ? answer(200, "") : Steps{Step::close()}; };
}

std::size_t countOf(const Server& server, std::string_view target) {
  std::size_t count = 0;
  for (const Received& request : server.requests()) count += request.target == target ? 1U : 0U;
  return count;
}

/// Returns a URL with a port where nobody listens.
std::string nobody() {
  return Server([](const Received&) { return Steps{}; }).url();
}

}  // namespace

void checkBrokenConnections(Probe& probe) {
  for (const Break& place : breaks()) {
    Server closing([&](const Received&) { return Steps{Step::write(place.bytes), Step::close()}; });
    Server resetting([&](const Received&) { return Steps{Step::write(place.bytes), Step::reset()}; });
    probe.expectError(probe.send(post(closing.url(), "x")), Errc::reset, "a connection that ends " + place.name);
    probe.expectError(probe.send(post(resetting.url(), "x")), Errc::reset, "a connection reset " + place.name);
  }
  probe.expectError(probe.send(get(nobody())), Errc::connect, "a port where nobody listens");
}

void checkOnce(Probe& probe) {
  http::Call call = within(ample);
  call.once = true;
  Server server(breakAfterFirst());
  probe.ask(get(server.url("/first")));
  probe.expectError(probe.send(post(server.url("/once"), "x"), call), Errc::reset, "a kept connection that breaks");
  probe.expect(countOf(server, "/once") <= 1,
               "a request that must be sent once was sent again when its connection broke");

  Server busy([](const Received&) { return answer(503, "", "Retry-After: 0\r\n"); });
  probe.expectAnswer(probe.send(post(busy.url(), "x"), call), 503, "", "a busy server");
  probe.expect(busy.requestCount() <= 1, "a request that must be sent once was sent again to a busy server");
}

void checkExceptions(Probe& probe) {
  for (const char* url : {"", "nonsense", "/path", "http://", "https://127.0.0.1:99999/", "ftp://127.0.0.1/"}) {
    const Outcome outcome = probe.send(get(url));
    probe.expect(!outcome, std::string("there was a response from the URL \"") + url + '"');
  }
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
