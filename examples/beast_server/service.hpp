/// What a program with a server needs besides: its address, and a graceful stop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <string>

#include <liveblocks/http/stoppable_transport.hpp>

#include "server.hpp"

namespace beast_server {

/// Returns a number from 0 to 65535. Throws `std::invalid_argument` with the variable's name for anything else. Call it
/// while there is only one thread, like the next one.
unsigned short numberFromEnvironment(const char* name, const char* fallback);

/// Reads `HOST` and `PORT`: by default any free port of 127.0.0.1. Throws `std::invalid_argument`, or
/// `boost::system::system_error` for a host that is no IP address.
boost::asio::ip::tcp::endpoint addressFromEnvironment();

/// Returns `http://host:port`.
std::string urlOf(const boost::asio::ip::tcp::endpoint& address);

/// At the first SIGINT or SIGTERM the server finishes what it has received; calls that take longer than the grace are
/// cancelled, and their requests get a 503. A second signal ends the program at once.
class Stopping {
 public:
  /// The server must outlive this object.
  Stopping(boost::asio::io_context& context, Server& server,
           std::shared_ptr<liveblocks::http::StoppableTransport> transport, std::chrono::seconds grace);
  Stopping(const Stopping&) = delete;
  Stopping& operator=(const Stopping&) = delete;

 private:
  boost::asio::signal_set signals_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<liveblocks::http::StoppableTransport> transport_;
};

}  // namespace beast_server
