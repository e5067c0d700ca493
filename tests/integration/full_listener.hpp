/// A port at which nobody gets an answer.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace liveblocks_tests {

/// Listens, and lets nobody connect.
class FullListener {
 public:
  /// At an address of this machine, and at any port unless told otherwise.
  explicit FullListener(std::uint32_t host = INADDR_LOOPBACK, int port = 0)
      : sockets_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(host);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(sockets_[0], any, size) != 0 || ::listen(sockets_[0], 0) != 0) throw std::runtime_error("cannot listen");
    ::getsockname(sockets_[0], any, &size);
    port_ = ntohs(address.sin_port);
    for (int i = 0; i < 4; ++i) {
      sockets_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      static_cast<void>(::connect(sockets_.back(), any, size));
    }
  }
  FullListener(const FullListener&) = delete;
  FullListener& operator=(const FullListener&) = delete;
  ~FullListener() {
    for (const int socket : sockets_) ::close(socket);
  }

  /// Of a listener at 127.0.0.1.
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  std::vector<int> sockets_;
  int port_ = 0;
};

}  // namespace liveblocks_tests
