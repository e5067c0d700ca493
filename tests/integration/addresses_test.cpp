#include <cstdint>
#include <string>
#include <utility>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "catch.hpp"
#include "exchange.hpp"
#include "full_listener.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t silentHost = INADDR_LOOPBACK + 1;

/// An address of a host, as getaddrinfo() gives it.
struct Address {
  Address(std::uint32_t host, const char* port) {
    socket.sin_family = AF_INET;
    socket.sin_addr.s_addr = htonl(host);
    socket.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    info.ai_family = AF_INET;
    info.ai_socktype = SOCK_STREAM;
    info.ai_addrlen = sizeof socket;
    info.ai_addr = reinterpret_cast<sockaddr*>(&socket);
  }

  addrinfo info{};
  sockaddr_in socket{};
};

/// The address whose first member that is.
Address* owner(addrinfo* info) { return reinterpret_cast<Address*>(info); }

}  // namespace

extern "C" int getaddrinfo(const char*, const char* service, const addrinfo*, addrinfo** pai) {
  auto* const first = new Address(silentHost, service);
  first->info.ai_next = &(new Address(INADDR_LOOPBACK, service))->info;
  *pai = &first->info;
  return 0;
}

extern "C" void freeaddrinfo(addrinfo* ai) {
  while (ai != nullptr) delete owner(std::exchange(ai, ai->ai_next));
}

TEMPLATE_LIST_TEST_CASE("a host whose first address does not respond is reached at the next one", "", BothWays) {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); }));
  const FullListener silent(silentHost, server.port());
  liveblocks::http::CurlTransportOptions options;
  options.connectTimeout = 8s;
  liveblocks::http::Call call = within(ample);
  call.allowInsecureHttp = true;
  const auto answer =
      TestType::make(options)->send(get("http://api.example.test:" + std::to_string(server.port()) + "/"), call);
  REQUIRE(answer.ok());
  CHECK(answer->body == "ok");
}
