#include <stdexcept>

#include "catch.hpp"
#include "exchange.hpp"
#include "loopback_server.hpp"

using namespace liveblocks_tests;
using liveblocks::http::CurlTransportOptions;
using liveblocks::http::makeCurlTransport;
using namespace std::chrono_literals;

TEST_CASE("an unusable option is refused by name") {
  CurlTransportOptions options;
  const char* const name = GENERATE("connectTimeout", "proxy", "caFile", "userAgentPrefix");
  if (name == std::string("connectTimeout")) options.connectTimeout = GENERATE(0ms, -1ms);
  if (name == std::string("proxy"))
    options.proxy = GENERATE("proxy.example:3128", "ftp://proxy.example", "http://", "x y");
  if (name == std::string("caFile")) options.caFile = "/nonexistent/ca.pem";
  if (name == std::string("userAgentPrefix")) options.userAgentPrefix = GENERATE("a\r\nb", "a\n");
  CAPTURE(name, options.proxy);
  CHECK_THROWS_WITH(makeCurlTransport(options), Catch::Matchers::StartsWith(name));
  CHECK_THROWS_AS(makeCurlTransport(options), std::invalid_argument);
}

TEST_CASE("the default transport is one and works") {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); }));
  const auto transport = liveblocks::http::defaultTransport();
  CHECK(transport == liveblocks::http::defaultTransport());
  CHECK(send(*transport, get(server.url())).value().body == "ok");
}

TEST_CASE("the transport can only block") {
  liveblocks::http::Request request = get("http://127.0.0.1/");
  bool called = false;
  liveblocks::http::Transport::Completion done = [&](auto) { called = true; };
  CHECK_FALSE(makeCurlTransport()->start(request, within(ample), done));
  CHECK_FALSE(called);
  CHECK(done);
}

TEMPLATE_LIST_TEST_CASE("an option that libcurl refuses sends nothing", "", BothWays) {
  LoopbackServer server(
      eachRequest([](Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); }));
  CurlTransportOptions options;
  options.userAgentPrefix = std::string(std::size_t{9} << 20, 'x');
  CHECK(codeOf(send(*TestType::make(options), post(server.url(), "x"))) == liveblocks::Errc::internal);
  CHECK(server.connectionCount() == 0);
}
