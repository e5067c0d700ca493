/// A server for thousands of connections on one thread: Boost.Beast and Asio, with asynchronous calls.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/asio.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/sdk.hpp>

#include "common/environment.hpp"
#include "common/program.hpp"
#include "routes.hpp"
#include "server.hpp"

namespace beast_server {
namespace {

namespace net = boost::asio;
namespace http = liveblocks::http;
using examples::pastedVariable;
using examples::variable;

constexpr const char* programName = "beast_server";
/// About as many as there are calls in flight at busy times; opening one takes longer than a request.
constexpr std::size_t keptConnections = 256;

unsigned short numberFromEnvironment(const char* name, const char* fallback) {
  const std::string text = variable(name, fallback);
  unsigned short number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  throw std::invalid_argument(std::string(name) + " must be a number from 0 to 65535");
}

net::ip::tcp::endpoint addressFromEnvironment() {
  return {net::ip::make_address(variable("HOST", "127.0.0.1")), numberFromEnvironment("PORT", "0")};
}

Config configFromEnvironment(const liveblocks::Log& log, const std::string& url) {
  Config config;
  config.liveblocks.secret = pastedVariable("LIVEBLOCKS_SECRET_KEY");
  config.liveblocks.baseUrl = pastedVariable("LIVEBLOCKS_BASE_URL", config.liveblocks.baseUrl.c_str());
  config.liveblocks.log = log;
  config.clerk.publishableKey = pastedVariable("CLERK_PUBLISHABLE_KEY");
  config.clerk.secretKey = pastedVariable("CLERK_SECRET_KEY");
  config.clerk.jwtKey = variable("CLERK_JWT_KEY");
  config.clerk.apiUrl = pastedVariable("CLERK_API_URL", config.clerk.apiUrl.c_str());
  config.clerk.publicOrigin = pastedVariable("PUBLIC_ORIGIN", url.c_str());
  config.clerk.authorizedParties = {config.clerk.publicOrigin};
  config.clerk.tokenCache.capacity = numberFromEnvironment("TOKEN_CACHE_CAPACITY", "0");
  config.clerk.log = log;
  config.ablyKey = pastedVariable("ABLY_API_KEY");
  config.webhookSecret = pastedVariable("LIVEBLOCKS_WEBHOOK_SECRET");
  return config;
}

std::string urlOf(const net::ip::tcp::endpoint& address) {
  const std::string host = address.address().to_string();
  return "http://" + (address.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(address.port());
}

/// At the first signal the server finishes what it has received; calls that take longer than the grace are cancelled,
/// and their requests get a 503. A second signal ends the program at once.
class Stopping {
 public:
  Stopping(net::io_context& context, Server& server, std::shared_ptr<http::StoppableTransport> transport,
           std::chrono::seconds grace)
      : signals_(context, SIGINT, SIGTERM), timer_(context), transport_(std::move(transport)) {
    signals_.async_wait([this, &server, grace](const auto& error, int) {
      if (error) return;
      signals_.clear();
      timer_.expires_after(grace);
      timer_.async_wait([this](const auto& cancelled) {
        if (!cancelled) transport_->stop();
      });
      server.stop([this] { timer_.cancel(); });
    });
  }

 private:
  net::signal_set signals_;
  net::steady_timer timer_;
  std::shared_ptr<http::StoppableTransport> transport_;
};

void run() {
  const liveblocks::Log log = examples::logOf(programName);
  net::io_context context{1};
  http::CurlTransportOptions options;
  options.maxIdleConnections = keptConnections;
  const auto transport = std::make_shared<http::StoppableTransport>(
      http::makeCurlTransport(options, liveblocks::adapters::makeLoop(context)));

  std::unique_ptr<Routes> routes;
  Server server(context, addressFromEnvironment(),
                {[&](std::string_view target) { return routes->maxBody(target); },
                 [&](http::ReceivedRequest request, Routes::Respond respond) {
                   routes->handle(std::move(request), std::move(respond));
                 }});
  const std::string url = urlOf(server.address());
  routes = std::make_unique<Routes>(configFromEnvironment(log, url), transport);
  const Stopping stopping(context, server, transport,
                          std::chrono::seconds(numberFromEnvironment("GRACE_SECONDS", "5")));
  std::cout << "ready: " << url << std::endl;
  // Returns when nothing is left to wait for: all connections are closed, and all calls have ended.
  context.run();
}

}  // namespace
}  // namespace beast_server

int main() { return examples::runProgram(beast_server::programName, beast_server::run); }
