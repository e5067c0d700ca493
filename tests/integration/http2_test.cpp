#include <atomic>
#include <cstdint>
#include <optional>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"
#include "semaphore.hpp"
#include "started_exchanges.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;
using liveblocks::http::CurlTransportOptions;
using liveblocks::http::LoopThread;
using liveblocks::http::makeCurlTransport;

namespace {

constexpr std::string_view preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

enum FrameType : unsigned char { dataFrame = 0, headersFrame = 1, resetFrame = 3, settingsFrame = 4, goAwayFrame = 7 };
constexpr unsigned char ack = 1;
constexpr unsigned char endStream = 1;
constexpr unsigned char endHeaders = 4;

/// `:status: 200` in the static table of HPACK (RFC 7541).
const std::string status200 = "\x88";

/// RFC 9113 section 4.1.
struct Frame {
  unsigned char type;
  unsigned char flags;
  std::uint32_t stream;
  std::string payload;
};

std::string bigEndian(std::uint32_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
  return text;
}

std::uint32_t fromBigEndian(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

/// As much of HTTP/2 as it takes to answer plain requests.
class Http2Connection {
 public:
  explicit Http2Connection(Connection& connection) : connection_(connection) {}

  bool begin() {
    if (!fill(preface.size()) || take(preface.size()) != preface) return false;
    return write({settingsFrame, 0, 0, {}});
  }

  /// The stream of the next request, once the whole of it has come; nullopt when the client has closed.
  std::optional<std::uint32_t> readRequest() {
    while (const auto frame = read()) {
      if (frame->type == settingsFrame && (frame->flags & ack) == 0) write({settingsFrame, ack, 0, {}});
      const bool isMessage = frame->type == headersFrame || frame->type == dataFrame;
      if (isMessage && (frame->flags & endStream) != 0) return frame->stream;
    }
    return std::nullopt;
  }

  bool write(const Frame& frame) {
    return connection_.write(bigEndian(static_cast<std::uint32_t>(frame.payload.size()), 3) +
                             static_cast<char>(frame.type) + static_cast<char>(frame.flags) +
                             bigEndian(frame.stream, 4) + frame.payload);
  }

 private:
  std::optional<Frame> read() {
    if (!fill(9)) return std::nullopt;
    const std::string head = take(9);
    const std::uint32_t size = fromBigEndian(head.substr(0, 3));
    if (!fill(size)) return std::nullopt;
    return Frame{static_cast<unsigned char>(head[3]), static_cast<unsigned char>(head[4]),
                 fromBigEndian(head.substr(5)) & 0x7FFFFFFF, take(size)};
  }

  bool fill(std::size_t size) {
    while (unread_.size() < size) {
      const std::string more = connection_.readSome();
      if (more.empty()) return false;
      unread_ += more;
    }
    return true;
  }

  std::string take(std::size_t size) {
    std::string taken = unread_.substr(0, size);
    unread_.erase(0, size);
    return taken;
  }

  Connection& connection_;
  std::string unread_;
};

/// Answers each request of a connection with one function, until the client closes.
template <class Answer>
LoopbackServer::Serve eachStream(Answer answer) {
  return [answer](Connection& connection) {
    Http2Connection http2(connection);
    if (!http2.begin()) return;
    while (const auto stream = http2.readRequest()) answer(http2, *stream);
  };
}

std::shared_ptr<const TlsIdentity> http2Identity(const CertificateAuthority& authority) {
  CertificateSpec spec;
  spec.protocol = "h2";
  return authority.issue(spec);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("HTTP/2 is spoken where the server has it, over one kept connection", "", BothWays) {
  const CertificateAuthority authority;
  std::vector<std::uint32_t> streams;
  LoopbackServer server(eachStream([&](Http2Connection& http2, std::uint32_t stream) {
                          streams.push_back(stream);
                          http2.write({headersFrame, endHeaders, stream, status200});
                          http2.write({dataFrame, endStream, stream, "body"});
                        }),
                        http2Identity(authority));
  const auto transport = trusting<TestType>(authority);
  for (const auto& request : {post(server.url(), "x"), get(server.url())}) {
    const auto answer = send(*transport, request);
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->body == "body");
  }
  CHECK(server.connectionCount() == 1);
  CHECK(streams == std::vector<std::uint32_t>{1, 3});
}

TEST_CASE("exchanges at once share one HTTP/2 connection, and a slow one delays nobody") {
  constexpr std::size_t count = 50;
  const CertificateAuthority authority;
  const auto respond = [](Http2Connection& http2, std::uint32_t stream) {
    http2.write({headersFrame, endHeaders, stream, status200});
    http2.write({dataFrame, endStream, stream, "body"});
  };
  Semaphore othersDone;
  std::vector<std::uint32_t> streams;
  LoopbackServer server(eachStream([&](Http2Connection& http2, std::uint32_t stream) {
                          streams.push_back(stream);
                          if (streams.size() < count) return;
                          for (std::size_t i = 1; i < count; ++i) respond(http2, streams[i]);
                          othersDone.wait();
                          respond(http2, streams[0]);
                        }),
                        http2Identity(authority));
  CurlTransportOptions options;
  options.caFile = authority.file();
  LoopThread thread;
  const auto transport = makeCurlTransport(options, thread.makeLoop());
  StartedExchanges started;
  for (std::size_t i = 0; i < count; ++i) started.start(*transport, post(server.url(), "x"), within(ample));
  started.await(count - 1);
  CHECK(started.count() == count - 1);
  othersDone.post();
  started.await(count);
  CHECK(started.countSuccesses() == count);
  CHECK(server.connectionCount() == 1);
}

// libcurl 8.1 to 8.9 would send both again when the connection breaks.
TEST_CASE("what must not happen twice shares its connection with nobody") {
  const CertificateAuthority authority;
  Semaphore asked;
  std::atomic<int> overHttp2{0};
  LoopbackServer server(
      [&](Connection& connection) {
        if (connection.readSome().substr(0, preface.size()) == preface) ++overHttp2;
        asked.post();
        if (connection.index() == 0) connection.awaitClose();
      },
      http2Identity(authority));
  CurlTransportOptions options;
  options.caFile = authority.file();
  LoopThread thread;
  const auto transport = makeCurlTransport(options, thread.makeLoop());
  liveblocks::http::Call once = within(ample);
  once.once = true;
  StartedExchanges started;
  started.start(*transport, post(server.url(), "create"), once);
  asked.wait();
  started.start(*transport, post(server.url(), "x"), within(ample));
  CHECK(codeOf(started.await(1).at(0)) == Errc::reset);
  CHECK(server.connectionCount() == 2);
  CHECK(overHttp2 == 1);
}

TEST_CASE("the server alone limits how many exchanges share an HTTP/2 connection") {
  constexpr std::size_t count = 250;
  const CertificateAuthority authority;
  LoopbackServer server(eachStream([](Http2Connection& http2, std::uint32_t stream) {
                          http2.write({headersFrame, endHeaders, stream, status200});
                          http2.write({dataFrame, endStream, stream, "body"});
                        }),
                        http2Identity(authority));
  CurlTransportOptions options;
  options.caFile = authority.file();
  LoopThread thread;
  const auto transport = makeCurlTransport(options, thread.makeLoop());
  StartedExchanges started;
  started.start(*transport, post(server.url(), "x"), within(ample));
  started.await(1);  // The limit of the server is known from now on.
  for (std::size_t i = 1; i < count; ++i) started.start(*transport, post(server.url(), "x"), within(ample));
  started.await(count);
  CHECK(started.countSuccesses() == count);
  CHECK(server.connectionCount() == 1);
}

TEMPLATE_LIST_TEST_CASE("an HTTP/2 stream that breaks is an error", "", BothWays) {
  const bool afterHeaders = GENERATE(false, true);
  const CertificateAuthority authority;
  LoopbackServer server(eachStream([&](Http2Connection& http2, std::uint32_t stream) {
                          if (afterHeaders) http2.write({headersFrame, endHeaders, stream, status200});
                          http2.write({resetFrame, 0, stream, bigEndian(2, 4)});  // INTERNAL_ERROR
                        }),
                        http2Identity(authority));
  const auto answer = send(*trusting<TestType>(authority), get(server.url()));
  CHECK(codeOf(answer) == Errc::reset);
}

TEMPLATE_LIST_TEST_CASE("an HTTP/2 connection that the server has closed meanwhile is replaced", "", BothWays) {
  const bool hard = GENERATE(false, true);
  const CertificateAuthority authority;
  Semaphore answered;
  LoopbackServer server(
      [&](Connection& connection) {
        Http2Connection http2(connection);
        if (!http2.begin()) return;
        const auto stream = http2.readRequest();
        if (!stream) return;
        http2.write({headersFrame, endHeaders | endStream, *stream, status200});
        answered.wait();
        http2.write({goAwayFrame, 0, 0, bigEndian(*stream, 4) + bigEndian(0, 4)});
        if (hard) connection.reset();
      },
      http2Identity(authority));
  const auto transport = trusting<TestType>(authority);
  for (int i = 1; i <= 3; ++i) {
    const auto answer = send(*transport, post(server.url(), "x"));
    REQUIRE(answer);
    CHECK(answer->status == 200);
    answered.post();
    server.awaitEnded(i);
  }
  CHECK(server.connectionCount() == 3);
}

TEMPLATE_LIST_TEST_CASE("a body over HTTP/2 is bounded", "", BothWays) {
  const CertificateAuthority authority;
  LoopbackServer server(eachStream([](Http2Connection& http2, std::uint32_t stream) {
                          http2.write({headersFrame, endHeaders, stream, status200});
                          while (http2.write({dataFrame, 0, stream, std::string(1000, 'x')})) {
                          }
                        }),
                        http2Identity(authority));
  liveblocks::http::Call call = within(ample);
  call.maxBody = 10000;
  const auto answer = trusting<TestType>(authority)->send(get(server.url()), call);
  CHECK(codeOf(answer) == Errc::tooLarge);
}
