// Servers that misbehave, each with what comes of it: an error of a certain kind, in time, and with little memory.

#include <atomic>
#include <functional>
#include <string>

#include "allocated_bytes.hpp"
#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using namespace std::chrono_literals;
using liveblocks::Errc;

namespace {

constexpr std::size_t maxBody = 64 << 10;
/// What the buffers of two sockets and of libcurl may take beyond that.
constexpr std::size_t maxTaken = 32 << 20;
/// The response grows by doubling, and its error is short.
constexpr std::size_t maxAllocated = 8 * maxBody;

/// Counts what it could send before the client closed.
class Flood {
 public:
  /// Sends the text again and again, until the client closes or has taken `most` bytes.
  void pour(Connection& connection, const std::string& text, std::size_t most) {
    while (taken_ < most && connection.write(text)) taken_ += text.size();
  }
  void pour(Connection& connection, const std::string& text) { pour(connection, text, std::size_t{1} << 30); }

  std::size_t taken() const { return taken_; }

 private:
  std::atomic<std::size_t> taken_{0};
};

constexpr const char* okLine = "HTTP/1.1 200 OK\r\n";
const std::string block(64 << 10, 'x');

/// A server, and what it does once it has read a request.
struct Row {
  std::string name;
  Errc expected;
  std::function<void(Connection&, Flood&)> act;
};

Row floods(std::string name, const std::string& beginning, std::size_t most = std::size_t{1} << 30) {
  return {std::move(name), Errc::tooLarge, [beginning, most](Connection& connection, Flood& flood) {
            connection.write(beginning);
            flood.pour(connection, block, most);
          }};
}

/// One byte at a time, each soon enough for a limit of silence.
Row drips(std::string name, const std::string& beginning, const std::string& text) {
  return {std::move(name), Errc::timeout, [beginning, text](Connection& connection, Flood&) {
            connection.write(beginning);
            for (std::size_t i = 0; connection.write(text.substr(i % text.size(), 1)); ++i) {
              std::this_thread::sleep_for(5ms);
            }
          }};
}

std::string headers(int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += "X-" + std::to_string(i) + ": y\r\n";
  return lines;
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      floods("a body of 1 GiB, announced", std::string(okLine) + "Content-Length: 1073741824\r\n\r\n"),
      floods("a body of 1 GiB until the end", std::string(okLine) + "\r\n"),
      floods("one chunk of 1 GiB", std::string(okLine) + "Transfer-Encoding: chunked\r\n\r\n40000000\r\n"),
      floods("a header line of 10 MiB", std::string(okLine) + "X-Long: ", 10 << 20),
      floods("a status line of 10 MiB", "HTTP/1.1 200 ", 10 << 20),
      {"a size of a chunk without end", Errc::reset,
       [](Connection& connection, Flood& flood) {
         connection.write(std::string(okLine) + "Transfer-Encoding: chunked\r\n\r\n");
         flood.pour(connection, std::string(1000, '0'));
       }},
      {"an extension of a chunk without end", Errc::timeout,
       [](Connection& connection, Flood& flood) {
         connection.write(std::string(okLine) + "Transfer-Encoding: chunked\r\n\r\n1;");
         flood.pour(connection, block, std::size_t{1} << 40);
       }},
      {"10,000 header lines", Errc::tooLarge,
       [](Connection& connection, Flood&) {
         connection.write(okLine + headers(10'000) + "Content-Length: 2\r\n\r\nok");
         connection.awaitClose();
       }},
      {"300 short header lines", Errc::tooLarge,
       [](Connection& connection, Flood&) {
         connection.write(okLine + headers(300) + "Content-Length: 2\r\n\r\nok");
         connection.awaitClose();
       }},
      {"interim responses without end", Errc::tooLarge,
       [](Connection& connection, Flood& flood) { flood.pour(connection, "HTTP/1.1 102 Processing\r\n\r\n"); }},
      drips("a status line that drips", "", "HTTP/1.1 200 OK"),
      drips("a header that drips", std::string(okLine) + "X: ", "y"),
      drips("a body that drips", std::string(okLine) + "Content-Length: 1000\r\n\r\n", "y"),
      drips("chunks that drip", std::string(okLine) + "Transfer-Encoding: chunked\r\n\r\n", "1\r\ny\r\n"),
      {"a chunk that is cut", Errc::reset,
       [](Connection& connection, Flood&) {
         connection.write(std::string(okLine) + "Transfer-Encoding: chunked\r\n\r\n10\r\nhalf");
       }},
      {"a size of a chunk that is no number", Errc::reset,
       [](Connection& connection, Flood&) {
         connection.write(std::string(okLine) + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nok\r\n0\r\n\r\n");
       }},
      {"a size of a chunk beyond all numbers", Errc::reset,
       [](Connection& connection, Flood&) {
         connection.write(std::string(okLine) + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nok");
         connection.awaitClose();
       }},
      {"zeros", Errc::upstream, [](Connection& connection, Flood&) { connection.write(std::string(1000, '\0')); }},
  };
  return all;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a server that misbehaves costs an error, little memory, and no more time than there is", "",
                        BothWays) {
  const std::size_t index = GENERATE(range(std::size_t{0}, rows().size()));
  const Row& row = rows()[index];
  CAPTURE(row.name);
  Flood flood;
  LoopbackServer server([&](Connection& connection) {
    connection.readRequest();
    row.act(connection, flood);
  });
  const auto transport = TestType::make();
  const std::size_t before = allocatedBytes();
  liveblocks::http::Call call = within(row.expected == Errc::timeout ? 300ms : ample);
  call.maxBody = maxBody;
  const auto outcome = transport->send(post(server.url(), "x"), call);
  const std::size_t allocated = allocatedBytes() - before;
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == row.expected);
  server.awaitEnded(1);
  if (row.expected == Errc::tooLarge) CHECK(flood.taken() < maxTaken);
  CHECK(allocated < maxAllocated);
}

TEMPLATE_LIST_TEST_CASE("a server that responds before the request has been sent is heard, or has broken it off", "",
                        BothWays) {
  const bool staysOpen = GENERATE(false, true);
  LoopbackServer server([&](Connection& connection) {
    connection.respond(413, "too large");
    if (staysOpen) connection.awaitClose();
  });
  const auto answer = send(*TestType::make(), post(server.url(), std::string(16 << 20, 'x')));
  if (answer) {
    CHECK(answer->status == 413);
  } else {
    CHECK(codeOf(answer) == Errc::reset);
  }
}

TEMPLATE_LIST_TEST_CASE("a hundred redirects are one response", "", BothWays) {
  std::atomic<int> requests{0};
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest&) {
    connection.respond(302, "", "Location: /" + std::to_string(++requests) + "\r\n");
  }));
  const auto answer = send(*TestType::make(), get(server.url()));
  REQUIRE(answer);
  CHECK(answer->status == 302);
  CHECK(requests == 1);
}

TEMPLATE_LIST_TEST_CASE("compressed bytes are not decompressed, however small they are", "", BothWays) {
  const std::string body(1000, '\x1f');
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest&) {
    connection.respond(200, body, "Content-Encoding: gzip, br, zstd, x\r\n");
  }));
  const auto answer = send(*TestType::make(), get(server.url()));
  REQUIRE(answer);
  CHECK(answer->body == body);
}

TEMPLATE_LIST_TEST_CASE("a TLS handshake that breaks is an error", "", BothWays) {
  const auto [bytes, isReset, expected] = GENERATE(table<std::string, bool, Errc>({
      {"", false, Errc::tls},
      {"", true, Errc::tls},
      {std::string("\x15\x03\x03\x00\x02\x02\x28", 7), false, Errc::tls},
      {std::string("\x16\x03\x03\xff\xff", 5) + std::string(70'000, 'x'), false, Errc::tls},
      {std::string(100, '\0'), false, Errc::tls},
  }));
  CAPTURE(bytes.substr(0, 10), isReset);
  LoopbackServer server([bytes = bytes, isReset = isReset](Connection& connection) {
    connection.readSome();
    connection.write(bytes);
    if (isReset) connection.reset();
  });
  const auto answer = send(*TestType::make(), get("https://127.0.0.1:" + std::to_string(server.port())));
  CHECK(codeOf(answer) == expected);
}

TEMPLATE_LIST_TEST_CASE("a server that speaks only TLS 1.0 is refused", "", BothWays) {
  const CertificateAuthority authority;
  CertificateSpec spec;
  spec.maxTlsVersion = TLS1_VERSION;
  LoopbackServer server([](Connection&) {}, authority.issue(spec));
  CHECK(codeOf(send(*trusting<TestType>(authority), get(server.url()))) == Errc::tls);
}

// No query leaves the machine: a label has 63 bytes at most.
TEMPLATE_LIST_TEST_CASE("a name that cannot exist does not resolve", "", BothWays) {
  CHECK(codeOf(send(*TestType::make(), get("https://" + std::string(64, 'a') + ".example/"))) == Errc::resolve);
}
