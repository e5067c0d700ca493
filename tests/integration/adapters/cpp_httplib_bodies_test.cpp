#include <limits>

#include "catch.hpp"
#include "own_process.hpp"
#include "server_fixture.hpp"

using liveblocks_tests::RawClient;
using liveblocks_tests::ServerFixture;
using liveblocks_tests::statusOf;

namespace {

constexpr std::size_t limit = 65536;

std::string padded(std::size_t size) { return "{}" + std::string(size - 2, ' '); }

const std::string chunkedHead = ServerFixture::head("POST", "Transfer-Encoding: chunked\r\n");

}  // namespace

TEST_CASE_METHOD(ServerFixture, "a body may have 64 KiB") {
  start();
  const auto [size, status] = GENERATE(table<std::size_t, int>({{limit - 1, 200}, {limit, 200}, {limit + 1, 413}}));
  CAPTURE(size);
  RawClient client = connect();
  client.send(post(padded(size)));
  const std::string answer = client.receive();
  CHECK(statusOf(answer) == status);
  CHECK(identified() == (status == 200 ? 1 : 0));
  if (status == 413) {
    CHECK_THAT(answer, ContainsSubstring(R"({"error":"too_large",)"));
    CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));
    CHECK(client.atEnd());
  }
}

TEST_CASE_METHOD(ServerFixture, "a large body is drained and refused") {
  liveblocks::adapters::CppHttplibOptions options;
  const bool limitless = GENERATE(false, true);
  if (limitless) {
    options.maxDrain = std::numeric_limits<std::size_t>::max();
    options.bodyTimeout = std::chrono::milliseconds::max();
  }
  start(options);
  RawClient client = connect();
  client.send(post(std::string(20 << 20, 'x')));
  CHECK(statusOf(client.receive()) == 413);
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "an endless body is cut off") {
  liveblocks::adapters::CppHttplibOptions options;
  options.maxDrain = 1 << 20;
  start(options);
  RawClient client = connect();
  const std::string block(1 << 16, 'x');
  client.send(head("POST", "Content-Length: 999999999999\r\n"));
  std::size_t sent = 0;
  constexpr std::size_t tooMuch = std::size_t{1} << 30;
  while (sent < tooMuch && client.send(block)) sent += block.size();
  CHECK(sent < tooMuch);
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a request behind a body that is too large is not served") {
  start();
  RawClient client = connect();
  client.send(post(padded(limit + 1)) + post("{}"));
  CHECK(statusOf(client.receive()) == 413);
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a chunked body is refused unread, and its connection ends") {
  start();
  const std::string body = GENERATE("", "2\r\n{}\r\n0\r\n\r\n", "zz\r\n", "2;x=", "0\r\nX: ");
  RawClient client = connect();
  client.send(chunkedHead + body + post("{}"));
  const std::string answer = client.receive();
  CHECK(statusOf(answer) == 411);
  CHECK_THAT(answer, ContainsSubstring(R"({"error":"length_required",)"));
  CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "what is not data of a chunked body takes no memory") {
  start();
  const std::string opening = GENERATE("2;x=", "0\r\nX: ");
  const std::size_t before = liveblocks_tests::residentBytes();
  RawClient client = connect();
  client.send(chunkedHead + opening);
  const std::string block(1 << 16, 'x');
  std::size_t sent = 0;
  constexpr std::size_t tooMuch = std::size_t{100} << 20;
  while (sent < tooMuch && client.send(block)) sent += block.size();
  CHECK(sent < tooMuch);
  CHECK(liveblocks_tests::residentBytes() < before + (std::size_t{32} << 20));
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "encoded and multipart bodies are refused unread") {
  start();
  const std::string header =
      GENERATE("Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Content-Encoding: identity\r\n",
               "Content-Type: multipart/form-data; boundary=x\r\n");
  RawClient client = connect();
  client.send(post("\x1F\x8B{}", header));
  const std::string answer = client.receive();
  CHECK(statusOf(answer) == 415);
  CHECK_THAT(answer, ContainsSubstring(R"({"error":"unsupported_media_type",)"));
  CHECK_THAT(answer, ContainsSubstring("\r\nCache-Control: no-store\r\n"));
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a body of unclear length is refused") {
  start();
  const std::string headers = GENERATE(
      "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 2\r\nContent-Length: 3\r\n",
      "Content-Length: 2\r\nContent-Length: 2\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Content-Length: 2x\r\n",
      "Content-Length: -2\r\n", "Content-Length: +2\r\n", "Content-Length: 18446744073709551617\r\n",
      "Content-Length: 0\r\nContent-Length: 2\r\n", "Content-Length : 2\r\n", "Content-Length\t: 2\r\n",
      "Content-Length: 2\r\nX Y: z\r\n", "Content-Length: 2\r\n X: z\r\n", "Transfer-Encoding\t: chunked\r\n",
      "Transfer-Encoding: identity\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
  CAPTURE(headers);
  RawClient client = connect();
  client.send(head("POST", headers) + "{}");
  CHECK(statusOf(client.receive()) == 400);
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a request without a body asks for nothing") {
  start();
  const std::string headers = GENERATE("", "Content-Length: 0\r\n");
  RawClient client = connect();
  client.send(head("POST", headers) + post("{}"));
  CHECK(statusOf(client.receive()) == 400);
}

TEST_CASE_METHOD(ServerFixture, "a body that breaks off is not served") {
  start();
  RawClient client = connect();
  client.send(post("{} ").substr(0, post("{} ").size() - 1));
  client.finish();
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a body that stalls is refused") {
  start();
  RawClient client = connect();
  client.send(post("{} ").substr(0, post("{} ").size() - 1));
  CHECK(statusOf(client.receive()) == 400);
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a body that drips in has a deadline") {
  liveblocks::adapters::CppHttplibOptions options;
  options.bodyTimeout = std::chrono::milliseconds(0);
  start(options);
  RawClient client = connect();
  client.send(post("{}").substr(0, post("{}").size() - 1));
  const std::string answer = client.receive();
  CHECK(statusOf(answer) == 408);
  CHECK_THAT(answer, ContainsSubstring(R"({"error":"timeout",)"));
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}
