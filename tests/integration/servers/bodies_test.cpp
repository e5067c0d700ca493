#include "catch.hpp"
#include "world.hpp"

using liveblocks_tests::profile;
using liveblocks_tests::RawClient;
using liveblocks_tests::Reply;
using liveblocks_tests::World;

namespace {

constexpr const char* endpoint = "/api/liveblocks-auth";
constexpr const char* chunkedHeader = "Transfer-Encoding: chunked\r\n";

/// A valid body of that size.
std::string bodyOf(std::size_t size) {
  const std::string begin = R"({"room":"a","x":")";
  return begin + std::string(size - begin.size() - 2, 'x') + R"("})";
}

std::string sized(const std::string& body, const std::string& headers = "") {
  return World::request("POST", endpoint,
                        World::signedIn() + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

std::string inChunks(const std::string& body) {
  std::string chunks;
  for (std::size_t at = 0; at < body.size(); at += 200) {
    const std::string part = body.substr(at, 200);
    const std::string size = part.size() == 200 ? "c8"
                                                : std::string(1, "0123456789abcdef"[part.size() / 16]) +
                                                      "0123456789abcdef"[part.size() % 16];
    chunks.append(size).append("\r\n").append(part).append("\r\n");
  }
  return chunks + "0\r\n\r\n";
}

std::string chunked(const std::string& body) {
  return World::request("POST", endpoint, World::signedIn() + chunkedHeader, inChunks(body));
}

/// A request that nobody sent: what a proxy believes to be a body.
std::string hidden() { return World::request("GET", "/public/page", "X-Hidden: 1\r\n"); }

}  // namespace

TEST_CASE("a body with a length is limited") {
  World world;
  CHECK(world.replyTo(sized(bodyOf(World::maxBody - 1))).status == 200);
  CHECK(world.replyTo(sized(bodyOf(World::maxBody))).status == 200);
  const Reply reply = world.replyTo(sized(bodyOf(World::maxBody + 1)));
  CHECK(reply.status == 413);
  CHECK_THAT(reply.body, ContainsSubstring("too_large"));
  // Nothing comes after it on the connection unless it was read, and a reset may even take the response.
  const std::vector<Reply> replies = world.repliesTo(sized(bodyOf(World::maxBody + 1)) + hidden());
  CHECK(replies.size() <= (profile().readsLargeBodies ? 2 : 1));
  CHECK(world.seen().size() == 2);
}

TEST_CASE("a chunked body is limited") {
  World world;
  const int status = profile().chunkedBody;
  CHECK(world.replyTo(chunked(bodyOf(World::maxBody - 1))).status == status);
  CHECK(world.replyTo(chunked(bodyOf(World::maxBody))).status == status);
  CHECK(world.replyTo(chunked(bodyOf(World::maxBody + 1))).status == (status == 200 ? 413 : status));
}

TEST_CASE("a body that is far too large is refused, and not kept") {
  World world;
  CHECK(world.replyTo(sized(std::string(std::size_t{1} << 20, ' '))).status ==
        (profile().explainsLargeBodies ? 413 : 0));
  CHECK(world.seen().empty());
}

TEST_CASE("an announced body that never comes is not waited for") {
  World world;
  RawClient client = world.connect();
  client.send(World::request("POST", endpoint, World::signedIn() + "Content-Length: 20\r\n", R"({"room")"));
  const Reply reply = Reply::parse(client.receive());
  CHECK(reply.status == (profile().explainsSlowBodies ? 408 : 0));
  CHECK(client.atEnd());
  CHECK(world.seen().empty());
}

TEST_CASE("a body that breaks off is not a request") {
  World world;
  RawClient client = world.connect();
  client.send(World::request("POST", endpoint, World::signedIn() + "Content-Length: 20\r\n", R"({"room":"a"})"));
  client.finish();
  const Reply reply = Reply::parse(client.receive());
  CHECK((reply.status == 0 || reply.status == 400 || reply.status == 408));
  CHECK(world.seen().empty());
}

TEST_CASE("a body that is not plain JSON is refused") {
  World world;
  const std::string headers = GENERATE("Content-Encoding: gzip\r\nContent-Type: application/json\r\n",
                                       "Content-Type: multipart/form-data; boundary=x\r\n");
  CAPTURE(headers);
  const std::string body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n";
  const int status = world.replyTo(sized(body, headers)).status;
  CHECK((status == 400 || status == 415));
}

TEST_CASE("what follows a request of unclear length is not taken for the next one") {
  const std::string target = GENERATE("/api/liveblocks-auth", "/public/page", "/api/me", "/api/nowhere");
  World world;
  for (const std::string lines :
       {"Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: chunked, identity\r\n", "Content-Length: 5x\r\n", "Content-Length: +5\r\n",
        "Content-Length: -5\r\n", "Content-Length: 0x5\r\n", "Content-Length: 99999999999999999999\r\n",
        "Content-Length : 5\r\n", "Transfer-Encoding : chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n"}) {
    for (const std::string method : {"POST", "GET"}) {
      CAPTURE(lines, target, method);
      const std::vector<Reply> replies =
          world.repliesTo(World::request(method, target, World::signedIn() + lines) + hidden() + hidden());
      CHECK(replies.size() <= 1);
      for (const Reply& reply : replies) CHECK(reply.status >= 400);
    }
  }
  CHECK(world.seen().empty());
}

TEST_CASE("a body whose coding is more than chunks is refused") {
  World world;
  for (const std::string lines :
       {"Transfer-Encoding: chunked,\r\n", "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"}) {
    CAPTURE(lines);
    const std::vector<Reply> replies =
        world.repliesTo(World::request("POST", "/public/page", lines, "0\r\n\r\n") + hidden());
    CHECK(replies.size() <= 1);
    for (const Reply& reply : replies) CHECK(reply.status >= 400);
  }
}

TEST_CASE("what surrounds chunks is not kept without a limit") {
  World world;
  const std::string begin = GENERATE("1;", "", "0\r\nX-Test: ");
  CAPTURE(begin);
  RawClient client = world.connect();
  client.send(World::request("POST", "/api/liveblocks-auth", World::signedIn() + chunkedHeader, begin));
  const std::string part(std::size_t{64} * 1024, '0');
  int sent = 0;
  // Less than servers discard so that their response arrives.
  constexpr int most = 384;
  while (sent < most && client.send(part)) ++sent;
  // The connection has ended meanwhile, or there is a response that does not come from a time limit.
  const int status = sent < most ? 0 : Reply::parse(client.receive()).status;
  CHECK((sent < most || (status >= 400 && status != 408)));
}

TEST_CASE("a body is not in chunks twice") {
  World world;
  const std::string lines = std::string(chunkedHeader) + chunkedHeader;
  const std::vector<Reply> replies =
      world.repliesTo(World::request("POST", "/public/page", lines, "0\r\n\r\n") + hidden());
  CHECK(replies.size() <= (profile().seesCodings ? 1 : 2));
}

TEST_CASE("HTTP/1.0 has no chunks") {
  World world;
  const std::string lines = std::string("Connection: keep-alive\r\n") + chunkedHeader;
  const std::string head = "POST /public/page HTTP/1.0\r\nHost: localhost\r\n" + lines + "\r\n";
  CHECK(world.repliesTo(head + "0\r\n\r\n" + hidden()).size() <= (profile().seesCodings ? 1 : 2));
}

TEST_CASE("nothing that follows a chunked body is a header") {
  World world;
  const std::string trailer = "Trailer: Authorization\r\n";
  const Reply reply = world.replyTo(
      World::request("POST", "/api/echo", chunkedHeader + trailer, "3\r\nabc\r\n0\r\n" + World::signedIn() + "\r\n"));
  CHECK((reply.status == 0 || reply.status >= 400));
}

TEST_CASE("a request without a length has no body") {
  World world;
  RawClient client = world.connect();
  client.send(World::request("POST", "/api/echo", World::signedIn()) + hidden());
  const Reply reply = Reply::parse(client.receive());
  CHECK(reply.status == 200);
  CHECK(reply.body.empty());
}

TEST_CASE("no byte of a header value ends the head") {
  World world;
  for (int byte = 0x80; byte <= 0xff; ++byte) {
    CAPTURE(byte);
    RawClient client = world.connect();
    client.send(World::request(
        "GET", "/public/page",
        "X-Test: a" + std::string(2, static_cast<char>(byte)) + "GET /api/me HTTP/1.1\r\n" + World::signedIn()));
    const int status = Reply::parse(client.receive()).status;
    CHECK((status == 200 || status == 400));
    client.send(World::request("GET", "/nowhere"));
    // The connection has ended, or the next request is the one that was sent.
    const Reply next = Reply::parse(client.receive());
    CHECK((next.status == 0 || next.status == 401));
  }
}

TEST_CASE("a body is not hidden behind a second length") {
  World world;
  const std::string lines = "Content-Length: 0\r\nContent-Length: " + std::to_string(hidden().size()) + "\r\n";
  RawClient client = world.connect();
  client.send(World::request("POST", "/public/page", World::signedIn() + lines) + hidden());
  const int status = Reply::parse(client.receive()).status;
  CHECK((status == 0 || status >= 400));
  // Behind a proxy that takes the second length for the right one, this would be the response to somebody else.
  CHECK(Reply::parse(client.receive()).status == (profile().refusesTwoLengths ? 0 : 200));
}

TEST_CASE("a body that the application does not read is not taken for the next request") {
  const std::string target =
      GENERATE("/api/liveblocks-auth", "/public/page", "/api/me", "/api/nowhere", "/files/page.txt");
  const bool isChunked = GENERATE(false, true);
  const std::string body = isChunked ? inChunks(hidden()) : hidden();
  const std::string length =
      isChunked ? std::string(chunkedHeader) : "Content-Length: " + std::to_string(body.size()) + "\r\n";
  World world;
  for (const std::string method : {"GET", "HEAD", "OPTIONS", "DELETE", "POST", "PUT"}) {
    for (const std::string& signedIn : {std::string(), World::signedIn()}) {
      CAPTURE(method, target, signedIn.empty(), isChunked);
      RawClient client = world.connect();
      client.send(World::request(method, target, signedIn + length, body));
      const bool isHead = method == "HEAD";
      CHECK(Reply::parse(client.receive(!isHead)).status != 0);
      client.send(World::request("GET", "/nowhere"));
      // The connection has ended, or the next request is the one that was sent.
      const Reply next = Reply::parse(client.receive());
      CHECK((next.status == 0 || next.status == 401));
    }
  }
}

TEST_CASE("a request whose beginning arrives with the last one keeps its body") {
  World world;
  const std::string body = hidden() + hidden();
  const std::string next = World::request(
      "POST", "/api/echo", World::signedIn() + "Content-Length: " + std::to_string(body.size()) + "\r\n");
  RawClient client = world.connect();
  client.send(World::request("GET", "/health") + next + body.substr(0, hidden().size()));
  CHECK(Reply::parse(client.receive()).body == "ok");
  client.send(body.substr(hidden().size()));
  const Reply reply = Reply::parse(client.receive());
  if (profile().keepsEarlyRequests) CHECK(reply.body == body);
}

TEST_CASE("requests that arrive together are handled one after the other") {
  World world;
  RawClient client = world.connect();
  std::string bytes;
  for (int i = 0; i < 20; ++i) bytes += World::request("GET", i % 2 == 0 ? "/health" : "/api/me", World::signedIn());
  client.send(bytes);
  CHECK(Reply::parse(client.receive()).body == "ok");
  for (int i = 1; i < 20 && profile().keepsEarlyRequests; ++i) {
    CHECK(Reply::parse(client.receive()).body == (i % 2 == 0 ? "ok" : "ada"));
  }
}
