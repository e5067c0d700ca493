#include <sstream>

#include <limits>

#include "catch.hpp"
#include "server_fixture.hpp"

using liveblocks_tests::RawClient;
using liveblocks_tests::ServerFixture;
using liveblocks_tests::statusOf;

namespace {

constexpr std::size_t limit = 65536;

std::string padded(std::size_t size) { return "{}" + std::string(size - 2, ' '); }

std::string chunk(const std::string& data) {
  std::ostringstream framed;
  framed << std::hex << data.size() << "\r\n" << data << "\r\n";
  return framed.str();
}

const std::string chunkedHead = ServerFixture::head("POST", "Transfer-Encoding: chunked\r\n");
const std::string lastChunk = "0\r\n\r\n";

}  // namespace

TEST_CASE_METHOD(ServerFixture, "a body may have 64 KiB") {
  start();
  const auto [size, status] = GENERATE(table<std::size_t, int>({{limit - 1, 200}, {limit, 200}, {limit + 1, 413}}));
  const bool chunked = GENERATE(false, true);
  CAPTURE(size, chunked);
  const std::string body = padded(size);
  RawClient client = connect();
  client.send(chunked ? chunkedHead + chunk(body.substr(0, 1000)) + chunk(body.substr(1000)) + lastChunk : post(body));
  const std::string answer = client.receive();
  CHECK(statusOf(answer) == status);
  CHECK(identified() == (status == 200 ? 1 : 0));
  if (status == 413) {
    CHECK_THAT(answer, ContainsSubstring(R"({"error":"too_large",)"));
    CHECK_THAT(answer, ContainsSubstring("\r\nConnection: close\r\n"));
    CHECK(client.atEnd());
  }
}

TEST_CASE_METHOD(ServerFixture, "a large chunked body is drained and refused") {
  liveblocks::adapters::CppHttplibOptions options;
  const bool limitless = GENERATE(false, true);
  if (limitless) {
    options.maxDrain = std::numeric_limits<std::size_t>::max();
    options.bodyTimeout = std::chrono::milliseconds::max();
  }
  start(options);
  RawClient client = connect();
  const std::string megabyte = chunk(std::string(1 << 20, 'x'));
  client.send(chunkedHead);
  for (int i = 0; i < 20; ++i) client.send(megabyte);
  client.send(lastChunk);
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
  const std::string framed = chunk(block);
  const bool chunked = GENERATE(false, true);
  client.send(chunked ? chunkedHead : head("POST", "Content-Length: 999999999999\r\n"));
  std::size_t sent = 0;
  constexpr std::size_t tooMuch = std::size_t{1} << 30;
  while (sent < tooMuch && client.send(chunked ? framed : block)) sent += block.size();
  CHECK(sent < tooMuch);
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a request behind a body that is too large is not served") {
  start();
  const bool chunked = GENERATE(false, true);
  const std::string large = padded(limit + 1);
  RawClient client = connect();
  client.send((chunked ? chunkedHead + chunk(large) + lastChunk : post(large)) + post("{}"));
  CHECK(statusOf(client.receive()) == 413);
  CHECK(client.atEnd());
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
  const std::string request =
      GENERATE_COPY(post("{} ").substr(0, post("{} ").size() - 1), chunkedHead + "5\r\n{}", chunkedHead + chunk("{}"));
  RawClient client = connect();
  client.send(request);
  client.finish();
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}

TEST_CASE_METHOD(ServerFixture, "a body that stalls or is malformed is refused") {
  start();
  const std::string request = GENERATE_COPY(post("{} ").substr(0, post("{} ").size() - 1), chunkedHead + "5\r\n{}",
                                            chunkedHead + "zz\r\n{}\r\n");
  RawClient client = connect();
  client.send(request);
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

TEST_CASE_METHOD(ServerFixture, "a chunked body is the last of its connection") {
  start();
  RawClient client = connect();
  client.send(chunkedHead + chunk("{") + chunk("}") + lastChunk + post("{}"));
  CHECK(statusOf(client.receive()) == 200);
  CHECK(client.atEnd());
  CHECK(identified() == 1);
}

TEST_CASE_METHOD(ServerFixture, "byte ranges neither reach beyond an answer nor keep its connection") {
  start();
  const std::string range =
      GENERATE("0-99999999", "1000-", "1000-1010", "-99999999", "9223372036854775000-", "0-0,5-6", "0-9999,1000-9999");
  CAPTURE(range);
  RawClient client = connect();
  client.send(post(post("{}"), "Content-Encoding: gzip\r\nRange: bytes=" + range + "\r\n"));
  const std::string answer = client.receive();
  CHECK(statusOf(answer) == 415);
  CHECK_THAT(answer, Catch::Matchers::EndsWith("\"The body must be plain JSON\"}"));
  CHECK(client.atEnd());
  CHECK(identified() == 0);
}
