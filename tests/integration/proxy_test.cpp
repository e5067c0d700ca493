#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;
using liveblocks::http::CurlTransportOptions;

namespace {

/// Nobody resolves it: only a proxy can reach it.
const std::string host = "api.example.test";

int connectToLoopback(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 ? socket : -1;
}

/// Copies bytes both ways until one side closes.
void tunnel(Connection& client, int port) {
  const int upstream = connectToLoopback(port);
  std::thread backward([&] {
    std::string buffer(16384, '\0');
    for (ssize_t count; (count = ::recv(upstream, buffer.data(), buffer.size(), 0)) > 0;) {
      client.write(std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
    }
    client.interrupt();
  });
  for (std::string bytes; !(bytes = client.readSome()).empty();) {
    static_cast<void>(::send(upstream, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  }
  ::shutdown(upstream, SHUT_RDWR);
  backward.join();
  ::close(upstream);
}

CurlTransportOptions through(const LoopbackServer& proxy) {
  CurlTransportOptions options;
  options.proxy = proxy.url();
  return options;
}

liveblocks::http::Call insecure() {
  liveblocks::http::Call call = within(ample);
  call.allowInsecureHttp = true;
  return call;
}

/// Sets a variable of the environment for a while. The server's threads do not read it.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { ::unsetenv(name_); }  // NOLINT(concurrency-mt-unsafe)

 private:
  const char* name_;
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("http through a proxy asks it for the whole URL", "", BothWays) {
  std::vector<ReceivedRequest> seen;
  LoopbackServer proxy(eachRequest([&](Connection& connection, const ReceivedRequest& request) {
    seen.push_back(request);
    connection.respond(200, "through the proxy");
  }));
  const Variable exempt("NO_PROXY", "*");
  const auto transport = TestType::make(through(proxy));
  CHECK(transport->send(get("http://" + host + "/path"), insecure()).value().body == "through the proxy");
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].requestLine() == "GET http://" + host + "/path HTTP/1.1");
}

TEMPLATE_LIST_TEST_CASE("https through a proxy is a tunnel that shows it nothing", "", BothWays) {
  const CertificateAuthority authority;
  CertificateSpec spec;
  spec.host = host;
  std::string authorization;
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest& request) {
                          authorization = request.header("Authorization").value_or("none");
                          connection.respond(200, "ok");
                        }),
                        authority.issue(spec));
  std::vector<ReceivedRequest> seen;
  LoopbackServer proxy([&](Connection& connection) {
    const auto request = connection.readRequest();
    if (!request) return;
    seen.push_back(*request);
    connection.write("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n");
    tunnel(connection, server.port());
  });
  CurlTransportOptions options = through(proxy);
  options.caFile = authority.file();
  const auto transport = TestType::make(options);
  for (int i = 0; i < 2; ++i) {
    const auto answer = send(*transport, {"GET", "https://" + host + "/", {{"Authorization", "Bearer x", true}}, {}});
    REQUIRE(answer);
    CHECK(answer->body == "ok");
    CHECK_FALSE(liveblocks::http::findHeader(*answer, "X-Proxy"));
  }
  CHECK(authorization == "Bearer x");
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].requestLine() == "CONNECT " + host + ":443 HTTP/1.1");
  CHECK_FALSE(seen[0].header("Authorization"));
}

TEMPLATE_LIST_TEST_CASE("a proxy that refuses the tunnel is no connection", "", BothWays) {
  const int status = GENERATE(302, 403, 407, 502);
  LoopbackServer proxy(eachRequest([&](Connection& connection, const ReceivedRequest&) {
    connection.respond(status, "no", "Location: http://127.0.0.1/\r\n");
  }));
  const auto answer = send(*TestType::make(through(proxy)), get("https://" + host + "/"));
  CHECK(codeOf(answer) == Errc::connect);
  CHECK_THAT(answer.error().message, ContainsSubstring(std::to_string(status)));
}

TEMPLATE_LIST_TEST_CASE("a proxy that speaks TLS must prove itself too", "", BothWays) {
  const CertificateAuthority authority;
  const CertificateAuthority other;
  LoopbackServer proxy(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "through the proxy"); }),
      authority.issue());
  CurlTransportOptions options = through(proxy);
  options.caFile = authority.file();
  CHECK(TestType::make(options)->send(get("http://" + host + "/"), insecure()).value().body == "through the proxy");
  options.caFile = other.file();
  CHECK(codeOf(TestType::make(options)->send(get("http://" + host + "/"), insecure())) == Errc::tls);
}

TEMPLATE_LIST_TEST_CASE("a proxy's endless answer is cut", "", BothWays) {
  LoopbackServer proxy([](Connection& connection) {
    connection.readRequest();
    connection.write("HTTP/1.1 200 OK\r\n");
    while (connection.write("X-Filler: " + std::string(1000, 'x') + "\r\n")) {
    }
  });
  const auto answer = TestType::make(through(proxy))->send(get("https://" + host + "/"), within(ample));
  CHECK_FALSE(answer);
}

TEMPLATE_LIST_TEST_CASE("a proxy that is not there is no connection", "", BothWays) {
  CurlTransportOptions options;
  options.proxy = LoopbackServer([](Connection&) {}).url();
  CHECK(codeOf(send(*TestType::make(options), get("https://" + host + "/"))) == Errc::connect);
}

TEMPLATE_LIST_TEST_CASE("loopback hosts are reached without the proxy", "", BothWays) {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "direct"); }));
  LoopbackServer proxy([](Connection& connection) { connection.readRequest(); });
  CHECK(send(*TestType::make(through(proxy)), get(server.url())).value().body == "direct");
  CHECK(proxy.connectionCount() == 0);
}

TEMPLATE_LIST_TEST_CASE("the proxies of the environment are not read", "", BothWays) {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "direct"); }));
  LoopbackServer proxy([](Connection& connection) { connection.readRequest(); });
  const Variable http("http_proxy", proxy.url());
  const Variable https("HTTPS_PROXY", proxy.url());
  const Variable all("ALL_PROXY", proxy.url());
  // Not a loopback address, but one that leads to this machine.
  const std::string url = "http://0.0.0.0:" + std::to_string(server.port());
  CHECK(TestType::make()->send(get(url), insecure()).value().body == "direct");
  CHECK(proxy.connectionCount() == 0);
}
