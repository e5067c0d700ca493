#include <atomic>
#include <csignal>
#include <fstream>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;

namespace {

LoopbackServer::Serve sayOk() {
  return eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); });
}

volatile std::sig_atomic_t sigpipes = 0;

}  // namespace

TEMPLATE_LIST_TEST_CASE("a trusted certificate is accepted, and the connection kept", "", BothWays) {
  const CertificateAuthority authority;
  CertificateSpec spec;
  spec.maxTlsVersion = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
  LoopbackServer server(sayOk(), authority.issue(spec));
  const auto transport = trusting<TestType>(authority);
  CHECK(send(*transport, get(server.url())).value().body == "ok");
  CHECK(send(*transport, get(server.url())).value().body == "ok");
  CHECK(server.connectionCount() == 1);
}

TEMPLATE_LIST_TEST_CASE("a certificate that proves nothing is refused", "", BothWays) {
  CertificateSpec expired;
  expired.validFrom = -7200;
  expired.validUntil = -3600;
  CertificateSpec notYet;
  notYet.validFrom = 3600;
  notYet.validUntil = 7200;
  CertificateSpec selfSigned;
  selfSigned.selfSigned = true;
  CertificateSpec wrongHost;
  wrongHost.host = "other.example";
  CertificateSpec oldProtocol;
  oldProtocol.maxTlsVersion = TLS1_1_VERSION;
  const auto [name, spec] = GENERATE_COPY(table<std::string, CertificateSpec>({{"expired", expired},
                                                                               {"not yet valid", notYet},
                                                                               {"self-signed", selfSigned},
                                                                               {"wrong host", wrongHost},
                                                                               {"TLS 1.1 only", oldProtocol}}));
  CAPTURE(name);
  const CertificateAuthority authority;
  std::atomic<int> requests{0};
  LoopbackServer server(
      [&](Connection& connection) {
        if (connection.readRequest()) ++requests;
      },
      authority.issue(spec));
  const auto answer = send(*trusting<TestType>(authority), get(server.url()));
  CHECK(codeOf(answer) == Errc::tls);
  CHECK(requests == 0);
}

TEMPLATE_LIST_TEST_CASE("an authority that nobody vouches for is refused", "", BothWays) {
  const CertificateAuthority authority;
  const CertificateAuthority other;
  LoopbackServer server(sayOk(), authority.issue());
  for (const auto& transport : {TestType::make(), trusting<TestType>(other)}) {
    CHECK(codeOf(send(*transport, get(server.url()))) == Errc::tls);
  }
}

TEMPLATE_LIST_TEST_CASE("a CA file without certificates trusts nobody", "", BothWays) {
  const CertificateAuthority authority;
  std::ofstream(authority.file(), std::ios::trunc) << "no certificate\n";
  LoopbackServer server(sayOk(), authority.issue());
  CHECK(codeOf(send(*trusting<TestType>(authority), get(server.url()))) == Errc::tls);
}

TEMPLATE_LIST_TEST_CASE("a server that does not speak TLS is an error", "", BothWays) {
  LoopbackServer server([](Connection& connection) {
    connection.readSome();
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.awaitClose();
  });
  const auto answer = send(*TestType::make(), get("https://127.0.0.1:" + std::to_string(server.port())));
  CHECK(codeOf(answer) == Errc::tls);
}

TEMPLATE_LIST_TEST_CASE("a TLS stream that ends early is an error", "", BothWays) {
  const std::string bytes = GENERATE(as<std::string>(), "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  CAPTURE(bytes);
  const CertificateAuthority authority;
  LoopbackServer server(
      [&](Connection& connection) {
        connection.readRequest();
        connection.write(bytes);
      },
      authority.issue());
  const auto answer = send(*trusting<TestType>(authority), get(server.url()));
  CHECK(codeOf(answer) == Errc::reset);
}

TEMPLATE_LIST_TEST_CASE("a broken connection raises no SIGPIPE", "", BothWays) {
  struct sigaction counting {};
  struct sigaction previous {};
  counting.sa_handler = [](int) { sigpipes = sigpipes + 1; };
  sigaction(SIGPIPE, &counting, &previous);
  const CertificateAuthority authority;
  LoopbackServer server(
      [](Connection& connection) {
        connection.readRequest();
        connection.respond(200, "ok");
        connection.readSome();
        connection.reset();
      },
      authority.issue());
  {
    const auto transport = trusting<TestType>(authority);
    CHECK(send(*transport, get(server.url())));
    // Too much for the buffers of the socket: the rest meets a connection that is gone.
    const auto answer = send(*transport, post(server.url(), std::string(16 << 20, 'x')));
    static_cast<void>(answer);
  }
  sigaction(SIGPIPE, &previous, nullptr);
  CHECK(sigpipes == 0);
}
