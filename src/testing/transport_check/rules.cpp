#include "testing/transport_check/rules.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <sstream>
#include <thread>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {

using namespace std::chrono_literals;

// Messages.

namespace {

using Values = std::vector<std::string>;

Steps echo(const Received& request) { return respond(200, request.body); }

std::string chunked(std::string_view chunks) {
  return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(chunks);
}

struct BodyEnd {
  std::string name;
  std::string method;
  int status;
  std::string body;
  std::string bytes;
  bool closes = false;
};

std::vector<BodyEnd> bodyEnds() {
  return {
      {"Content-Length: 0", "GET", 200, "", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"},
      {"Content-Length", "GET", 200, "body", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"},
      {"204", "POST", 204, "", "HTTP/1.1 204 No Content\r\n\r\n"},
      {"304 with a Content-Length", "GET", 304, "", "HTTP/1.1 304 Not Modified\r\nContent-Length: 50\r\n\r\n"},
      {"HEAD with a Content-Length", "HEAD", 200, "", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"},
      {"chunks", "GET", 200, "onetwo", chunked("3\r\none\r\n3;x=y\r\ntwo\r\n0\r\nTrailer: x\r\n\r\n")},
      {"no chunks", "GET", 200, "", chunked("0\r\n\r\n")},
      {"the end of the connection", "GET", 200, "until the end", "HTTP/1.1 200 OK\r\n\r\nuntil the end", true},
      {"an interim response first", "GET", 200, "ok",
       "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
  };
}

}  // namespace

void checkRequests(Probe& probe) {
  Server server(echo);
  const std::string body("a\0b\r\n\xff", 6);
  const http::Request withHeaders{
      "POST",
      server.url(),
      {{"Authorization", "Bearer x", true}, {"X-Two", "1"}, {"X-Empty", ""}, {"X-Two", "2"}},
      body};
  std::vector<http::Request> requests;
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) requests.push_back({method, server.url(), {}, body});
  for (const char* method : {"GET", "DELETE", "POST"}) requests.push_back({method, server.url(), {}, {}});
  requests.push_back(withHeaders);
  for (const http::Request& request : requests) {
    const std::string what = request.method + " with a body of " + std::to_string(request.body.size()) + " bytes";
    const std::size_t before = server.requestCount();
    probe.expectResponse(probe.send(request), 200, request.body, what);
    const std::vector<Received> seen = server.requests();
    const bool isRight =
        seen.size() == before + 1 && seen.back().method == request.method && seen.back().body == request.body &&
        seen.back().valuesOf("Host") == Values{server.url("").substr(std::string_view("http://").size())};
    probe.expect(isRight, what + " did not arrive exactly once and unchanged, with host and port");
    if (!isRight) return;
  }
  const Received seen = server.requests().back();
  probe.expect(seen.valuesOf("Authorization") == Values{"Bearer x"}, "a header did not arrive unchanged");
  probe.expect(seen.valuesOf("X-Empty") == Values{""}, "a header without a value did not arrive");
  probe.expect(seen.valuesOf("X-Two") == Values{"1", "2"},
               "two headers with the same name did not arrive as two, in order");
}

void checkTargets(Probe& probe) {
  Server server(echo);
  const std::array targets{"/a%2Fb", "/a%2fb",     "/%2E%2E/x", "/a/../b",         "/./a",    "/a//b/",
                           "/a?",    "/?a=b?c/d&", "/?q=%20+&", "/;a=1,2:@!$'()*", "/%C3%A4", "/%7Euser/%zz"};
  for (const char* target : targets) probe.sendOnly(get(server.url(target)));
  const std::vector<Received> seen = server.requests();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::string arrived = i < seen.size() ? seen[i].target : "nothing";
    probe.expect(arrived == targets.at(i), std::string("the target ") + targets.at(i) + " arrived as " + arrived);
  }
}

void checkResponses(Probe& probe) {
  const std::string body("\0\xff\r\n", 4);
  for (const int status : {200, 201, 400, 401, 404, 418, 429, 500, 503, 599}) {
    Server server([&](const Received&) { return respond(status, body); });
    probe.expectResponse(probe.send(get(server.url())), status, body, "a response with any status and any bytes");
  }
  Server server([](const Received&) {
    return respond(200, "", "Set-Cookie: a=1; Path=/, x\r\nX-Other:  spaced \t\r\nset-cookie: b=2\r\nX-Empty:\r\n");
  });
  const Outcome outcome = probe.send(get(server.url()));
  if (!outcome) return probe.expect(false, "a response with several headers: got " + summary(outcome));
  Received read;
  for (const http::Header& header : outcome->headers) read.headers.emplace_back(header.name, header.value);
  probe.expect(read.valuesOf("Set-Cookie") == Values{"a=1; Path=/, x", "b=2"},
               "two headers with the same name were not returned as two, in order and unchanged");
  probe.expect(read.valuesOf("X-Other") == Values{"spaced"},
               "a header value was returned with the white space around it, or not at all");
  probe.expect(read.valuesOf("X-Empty") == Values{""}, "a header without a value was not returned as an empty one");
}

void checkBodyEnds(Probe& probe) {
  for (const BodyEnd& end : bodyEnds()) {
    Server server([&](const Received& request) {
      if (request.target == "/next") return respond(200, "next");
      return end.closes ? Steps{Step::write(end.bytes), Step::close()} : Steps{Step::write(end.bytes)};
    });
    probe.expectResponse(probe.send({end.method, server.url(), {}, {}}), end.status, end.body, end.name);
    probe.expectResponse(probe.send(get(server.url("/next"))), 200, "next", "the request after " + end.name);
  }
}

void checkRedirects(Probe& probe) {
  for (const int status : {301, 302, 303, 307, 308}) {
    Server server([&](const Received&) { return respond(status, "moved", "Location: /elsewhere\r\n"); });
    const http::Request request{"POST", server.url(), {{"Authorization", "Bearer x", true}}, "x"};
    probe.expectResponse(probe.send(request), status, "moved", "a redirect");
    probe.expect(server.requestCount() <= 1, "a redirect was followed");
  }
}

void checkCookies(Probe& probe) {
  Server server([](const Received&) { return respond(200, "", "Set-Cookie: kept=1; Path=/\r\n"); });
  for (int i = 0; i < 2; ++i) probe.sendOnly(get(server.url()));
  for (const Received& request : server.requests()) {
    probe.expect(request.valuesOf("Cookie").empty(), "a cookie of one response was sent with the next request");
  }
}

// Limits.

namespace {

constexpr std::string_view ok = "HTTP/1.1 200 OK\r\n";
constexpr std::string_view lateBody = "Content-Length: 4\r\n\r\nlate";

/// A server that stops somewhere in its response.
struct Stall {
  std::string name;
  Steps steps;
};

/// Sends a byte at a time, so that a time limit per read would never expire.
Steps drip() {
  Steps steps{Step::write(std::string(ok) + "Content-Length: 100\r\n\r\n")};
  for (std::chrono::milliseconds time{}; time < Server::patience; time += 20ms) {
    steps.push_back(Step::write("x"));
    steps.push_back(Step::pause(20ms));
  }
  steps.push_back(Step::hold([] { return false; }));
  return steps;
}

std::vector<Stall> stalls() {
  const std::string head(ok);
  return {
      {"before the response", {Step::hold(), Step::write(head + std::string(lateBody))}},
      {"inside the headers", {Step::write(head), Step::hold(), Step::write(std::string(lateBody))}},
      {"before the body", {Step::write(head + "Content-Length: 4\r\n\r\n"), Step::hold(), Step::write("late")}},
      {"inside the body", {Step::write(head + "Content-Length: 4\r\n\r\nla"), Step::hold(), Step::write("te")}},
      {"after each byte", drip()},
  };
}

std::string chunk(std::string_view body) {
  std::ostringstream text;
  if (!body.empty()) text << std::hex << body.size() << "\r\n" << body << "\r\n";
  return text.str();
}

/// A body of that size in each kind of framing.
std::vector<Stall> framings(std::size_t size) {
  const std::string body(size, 'x');
  const std::string head(ok);
  return {
      {"by Content-Length", {Step::write(head + "Content-Length: " + std::to_string(size) + "\r\n\r\n" + body)}},
      {"in chunks", {Step::write(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk(body) + "0\r\n\r\n")}},
      {"to the end of the connection", {Step::write(head + "\r\n" + body), Step::close()}},
  };
}

/// Far more than the limit of 1000 bytes.
Steps withoutEnd() {
  Steps steps{Step::write(std::string(ok) + "\r\n")};
  for (int i = 0; i < 64; ++i) steps.push_back(Step::write(std::string(std::size_t{64} << 10, 'x')));
  steps.push_back(Step::hold());
  steps.push_back(Step::close());
  return steps;
}

void checkSize(Probe& probe, std::size_t limit, std::size_t size) {
  for (const Stall& framing : framings(size)) {
    Server server([&](const Received&) { return framing.steps; });
    http::Call call = within(ample);
    call.maxBody = limit;
    const std::string what =
        std::to_string(size) + " bytes " + framing.name + " where the caller takes " + std::to_string(limit);
    const Outcome outcome = probe.send(get(server.url()), call);
    if (size > limit) {
      probe.expectError(outcome, Errc::tooLarge, what);
    } else {
      probe.expectResponse(outcome, 200, std::string(size, 'x'), what);
    }
  }
}

}  // namespace

void checkDeadline(Probe& probe) {
  for (const Stall& stall : stalls()) {
    Server server([&](const Received&) { return stall.steps; });
    const std::string what = "a server that stalls " + stall.name;
    probe.expectError(probe.send(post(server.url(), "x"), within(brief)), Errc::timeout, what);
    probe.expect(!server.gaveUp(), what + ": send() returned long after its deadline");
    if (server.gaveUp()) break;
  }
  Server server([](const Received&) { return respond(200, "ok"); });
  probe.expectError(probe.send(post(server.url(), "x"), within({})), Errc::timeout, "a deadline that has passed");
  probe.expect(server.requestCount() == 0, "a request was sent after the deadline");
  probe.expectResponse(probe.send(get(server.url()), {Deadline::max()}), 200, "ok", "the latest possible deadline");
}

void checkCancelling(Probe& probe) {
  for (const Stall& stall : stalls()) {
    Server server([&](const Received&) { return stall.steps; });
    http::Call call = within(ample);
    call.cancelled = [&] { return server.requestCount() > 0; };
    const std::string what = "cancelled while a server stalls " + stall.name;
    probe.expectError(probe.send(post(server.url(), "x"), call), Errc::cancelled, what);
    probe.expect(!server.gaveUp(), what + ": send() continued for too long");
    if (server.gaveUp()) break;
  }
  Server server([](const Received&) { return respond(200, "ok"); });
  http::Call call = within(ample);
  call.cancelled = [] { return true; };
  probe.expectError(probe.send(post(server.url(), "x"), call), Errc::cancelled, "cancelled beforehand");
  probe.expect(server.requestCount() == 0, "a request was sent that had been cancelled beforehand");
}

void checkMaxBody(Probe& probe) {
  for (const std::size_t limit : {std::size_t{1}, std::size_t{1000}, std::size_t{70000}}) {
    for (const std::size_t size : {limit - 1, limit, limit + 1}) checkSize(probe, limit, size);
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}}) checkSize(probe, 0, size);
  Server server([](const Received&) { return withoutEnd(); });
  http::Call call = within(ample);
  call.maxBody = 1000;
  probe.expectError(probe.send(get(server.url()), call), Errc::tooLarge, "a body without end");
  probe.expect(!server.gaveUp(), "a body without end was read far beyond the limit");
}

// Failures.

namespace {

struct Break {
  std::string name;
  std::string bytes;
};

std::vector<Break> breaks() {
  return {
      {"before the response", ""},
      {"inside the headers", "HTTP/1.1 200 OK\r\nContent-"},
      {"before the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"},
      {"inside the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"},
      {"inside the chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"},
  };
}

/// Responds to the first request, then closes the connection without a response.
Server::React breakAfterFirst() {
  return [](const Received& request) { return request.target == "/first" ? respond(200, "") : Steps{Step::close()}; };
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
  probe.sendOnly(get(server.url("/first")));
  probe.expectError(probe.send(post(server.url("/once"), "x"), call), Errc::reset, "a kept connection that breaks");
  probe.expect(countOf(server, "/once") <= 1,
               "a request that must be sent once was sent again when its connection broke");

  Server busy([](const Received&) { return respond(503, "", "Retry-After: 0\r\n"); });
  probe.expectResponse(probe.send(post(busy.url(), "x"), call), 503, "", "a busy server");
  probe.expect(busy.requestCount() <= 1, "a request that must be sent once was sent again to a busy server");
}

void checkExceptions(Probe& probe) {
  for (const char* url : {"", "nonsense", "/path", "http://", "https://127.0.0.1:99999/", "ftp://127.0.0.1/"}) {
    const Outcome outcome = probe.send(get(url));
    probe.expect(!outcome, std::string("there was a response from the URL \"") + url + '"');
  }
}

// Safety.

namespace {

constexpr std::string_view secret = "secret-that-must-not-be-told";

http::Request withSecret(std::string url, std::string_view after = {}) {
  return {"GET", std::move(url), {{"Authorization", std::string(secret).append(after), true}}, {}};
}

/// May be called on any thread.
bool getsResponse(Probe& probe, const http::Request& request) noexcept {
  try {
    const Outcome outcome = probe.sendUnguarded(request, within(ample));
    return outcome && outcome->status == 200 && outcome->body == request.body;
  } catch (...) {
    return false;
  }
}

/// Returns the number of requests that failed or got the response of another request.
int countWrong(Probe& probe, const std::string& url) {
  constexpr int count = 8;
  constexpr int each = 25;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  threads.reserve(count);
  for (int thread = 0; thread < count; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < each; ++i) {
        const std::string body = std::to_string(thread) + "/" + std::to_string(i);
        if (!getsResponse(probe, post(url, body))) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return wrong;
}

}  // namespace

void checkInsecureHttp(Probe& probe) {
  Server server([](const Received&) { return respond(200, "ok"); });
  // Reaches this machine without being a loopback address.
  const std::string url = "http://0.0.0.0:" + std::to_string(server.port()) + "/";
  probe.expectError(probe.send(get(url)), Errc::invalidRequest, "http:// to a host that is not loopback");
  probe.expect(server.requestCount() == 0, "a request was sent over plain http to a host that is not loopback");
}

void checkHeaderInjection(Probe& probe) {
  Server server([](const Received&) { return respond(200, ""); });
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
  check(probe.send(withSecret(silent.url()), within(brief)), "no response");
  check(probe.send(withSecret(breaking.url())), "a connection reset");
  check(probe.send(withSecret(breaking.url(), "\r\n")), "a value that cannot be sent");
  check(probe.send(withSecret("http://127.0.0.1:1")), "no connection");
}

void checkThreads(Probe& probe) {
  Server server([](const Received& request) { return respond(200, request.body); });
  const int wrong = countWrong(probe, server.url());
  probe.expect(wrong == 0, std::to_string(wrong) + " of 200 requests from 8 threads went wrong");

  std::atomic<bool> slowArrived{false};
  std::atomic<bool> fastFinished{false};
  Server uneven([&](const Received& request) {
    if (request.target != "/slow") return respond(200, "");
    slowArrived = true;
    Steps steps = respond(200, "");
    steps.insert(steps.begin(), Step::hold([&] { return fastFinished.load(); }));
    return steps;
  });
  std::thread slow([&] {
    getsResponse(probe, get(uneven.url("/slow")));
    slowArrived = true;
  });
  while (!slowArrived) std::this_thread::yield();
  getsResponse(probe, get(uneven.url("/fast")));
  fastFinished = true;
  slow.join();
  probe.expect(!uneven.gaveUp(), "one slow exchange delayed another one");
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
