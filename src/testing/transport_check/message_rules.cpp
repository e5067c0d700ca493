#include <array>
#include <cstddef>
#include <utility>

#include "testing/transport_check/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

using Values = std::vector<std::string>;

Steps echo(const Received& request) { return answer(200, request.body); }

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
      {"an interim answer before", "GET", 200, "ok",
       "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
  };
}

}  // namespace

void checkRequests(Probe& probe) {
  Peer peer(echo);
  const std::string body("a\0b\r\n\xff", 6);
  const http::Request withHeaders{
      "POST", peer.url(), {{"Authorization", "Bearer x", true}, {"X-Two", "1"}, {"X-Empty", ""}, {"X-Two", "2"}}, body};
  std::vector<http::Request> requests;
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) requests.push_back({method, peer.url(), {}, body});
  for (const char* method : {"GET", "DELETE", "POST"}) requests.push_back({method, peer.url(), {}, {}});
  requests.push_back(withHeaders);
  for (const http::Request& request : requests) {
    const std::string what = request.method + " with a body of " + std::to_string(request.body.size()) + " bytes";
    const std::size_t before = peer.requestCount();
    probe.expectAnswer(probe.send(request), 200, request.body, what);
    const std::vector<Received> seen = peer.requests();
    const bool isRight =
        seen.size() == before + 1 && seen.back().method == request.method && seen.back().body == request.body &&
        seen.back().valuesOf("Host") == Values{peer.url("").substr(std::string_view("http://").size())};
    probe.expect(isRight, what + " did not arrive once and as it was given, with host and port");
    if (!isRight) return;
  }
  const Received seen = peer.requests().back();
  probe.expect(seen.valuesOf("Authorization") == Values{"Bearer x"}, "a header did not arrive as it was given");
  probe.expect(seen.valuesOf("X-Empty") == Values{""}, "a header without a value did not arrive");
  probe.expect(seen.valuesOf("X-Two") == Values{"1", "2"}, "two headers of a name did not arrive as two, in order");
}

void checkTargets(Probe& probe) {
  Peer peer(echo);
  const std::array targets{"/a%2Fb", "/a%2fb",     "/%2E%2E/x", "/a/../b",         "/./a",    "/a//b/",
                           "/a?",    "/?a=b?c/d&", "/?q=%20+&", "/;a=1,2:@!$'()*", "/%C3%A4", "/%7Euser/%zz"};
  for (const char* target : targets) probe.ask(get(peer.url(target)));
  const std::vector<Received> seen = peer.requests();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::string arrived = i < seen.size() ? seen[i].target : "nothing";
    probe.expect(arrived == targets.at(i), std::string("the target ") + targets.at(i) + " arrived as " + arrived);
  }
}

void checkAnswers(Probe& probe) {
  const std::string body("\0\xff\r\n", 4);
  for (const int status : {200, 201, 400, 401, 404, 418, 429, 500, 503, 599}) {
    Peer peer([&](const Received&) { return answer(status, body); });
    probe.expectAnswer(probe.send(get(peer.url())), status, body, "an answer of any status and any bytes");
  }
  Peer peer([](const Received&) {
    return answer(200, "", "Set-Cookie: a=1; Path=/, x\r\nX-Other:  spaced \t\r\nset-cookie: b=2\r\nX-Empty:\r\n");
  });
  const Outcome outcome = probe.send(get(peer.url()));
  if (!outcome) return probe.expect(false, "an answer with several headers: got " + summary(outcome));
  Received read;
  for (const http::Header& header : outcome->headers) read.headers.emplace_back(header.name, header.value);
  probe.expect(read.valuesOf("Set-Cookie") == Values{"a=1; Path=/, x", "b=2"},
               "two headers of a name did not come back as two, in order and as the server sent them");
  probe.expect(read.valuesOf("X-Other") == Values{"spaced"},
               "a header value came back with the white space around it, or not at all");
  probe.expect(read.valuesOf("X-Empty") == Values{""}, "a header without a value did not come back as an empty one");
}

void checkBodyEnds(Probe& probe) {
  for (const BodyEnd& end : bodyEnds()) {
    Peer peer([&](const Received& request) {
      if (request.target == "/next") return answer(200, "next");
      return end.closes ? Steps{Step::write(end.bytes), Step::close()} : Steps{Step::write(end.bytes)};
    });
    probe.expectAnswer(probe.send({end.method, peer.url(), {}, {}}), end.status, end.body, end.name);
    probe.expectAnswer(probe.send(get(peer.url("/next"))), 200, "next", "the request after " + end.name);
  }
}

void checkRedirects(Probe& probe) {
  for (const int status : {301, 302, 303, 307, 308}) {
    Peer peer([&](const Received&) { return answer(status, "moved", "Location: /elsewhere\r\n"); });
    const http::Request request{"POST", peer.url(), {{"Authorization", "Bearer x", true}}, "x"};
    probe.expectAnswer(probe.send(request), status, "moved", "a redirect");
    probe.expect(peer.requestCount() <= 1, "a redirect was followed");
  }
}

void checkCookies(Probe& probe) {
  Peer peer([](const Received&) { return answer(200, "", "Set-Cookie: kept=1; Path=/\r\n"); });
  for (int i = 0; i < 2; ++i) probe.ask(get(peer.url()));
  for (const Received& request : peer.requests()) {
    probe.expect(request.valuesOf("Cookie").empty(), "a cookie of one answer came with the next request");
  }
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
