#include "service.hpp"

#include <charconv>
#include <csignal>
#include <stdexcept>
#include <utility>

#include "common/environment.hpp"

namespace beast_server {

namespace net = boost::asio;

unsigned short numberFromEnvironment(const char* name, const char* fallback) {
  const std::string text = examples::variable(name, fallback);
  unsigned short number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  throw std::invalid_argument(std::string(name) + " must be a number from 0 to 65535");
}

net::ip::tcp::endpoint addressFromEnvironment() {
  return {net::ip::make_address(examples::variable("HOST", "127.0.0.1")), numberFromEnvironment("PORT", "0")};
}

std::string urlOf(const net::ip::tcp::endpoint& address) {
  const std::string host = address.address().to_string();
  return "http://" + (address.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(address.port());
}

Stopping::Stopping(net::io_context& context, Server& server,
                   std::shared_ptr<liveblocks::http::StoppableTransport> transport, std::chrono::seconds grace)
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

}  // namespace beast_server
