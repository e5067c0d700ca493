/// A web server with Boost.Beast, on the one thread that runs its context.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/request_view.hpp>

namespace beast_server {

/// What a client may take up.
struct Limits {
  /// Further connections wait in the queue of the system.
  std::size_t connections = 10'000;
  /// The cookies of a Clerk application may exceed Beast's 8 KiB.
  std::uint32_t headerBytes = 64 * 1024;
  /// To send a whole request, including the time between two requests.
  std::chrono::milliseconds receiving{30'000};
  /// To take a whole response.
  std::chrono::seconds sending{10};
  /// To read the rest of a request that was refused.
  std::chrono::seconds draining{2};
};

/// What the server asks its application.
struct Application {
  /// The size limit of the body of a request for that target, in bytes; 0 for none.
  std::function<std::size_t(std::string_view target)> maxBody;
  /// Responds once, now or later, on the thread of the context, which must also destroy the last copy of `respond`. If
  /// it throws, the response is a 500.
  std::function<void(liveblocks::http::ReceivedRequest request,
                     liveblocks::Callback<liveblocks::http::Response> respond)>
      handle;
};

class Server {
 public:
  /// Listens from now on. Throws `boost::system::system_error` if it cannot.
  Server(boost::asio::io_context& context, const boost::asio::ip::tcp::endpoint& address, Application application,
         const Limits& limits = {});
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Contains the port that the system has chosen for port 0.
  boost::asio::ip::tcp::endpoint address() const;

  /// Accepts no more connections, and closes each one that has not received a whole request; the others as soon as they
  /// have sent their response. Calls `closed` when none is left.
  void stop(std::function<void()> closed);

 private:
  class State;
  class Connection;
  std::shared_ptr<State> state_;
};

}  // namespace beast_server
