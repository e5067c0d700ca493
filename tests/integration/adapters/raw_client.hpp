/// HTTP as bytes on a loopback connection.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace liveblocks_tests {

class RawClient {
 public:
  explicit RawClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("no connection to the server");
    }
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  /// False when the server has closed the connection.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// No more will be sent.
  void finish() const { ::shutdown(socket_, SHUT_WR); }

  /// Head and body of one response whose head tells its length.
  std::string receive(bool hasBody = true) {
    while (received_.find("\r\n\r\n") == std::string::npos && fill()) {
    }
    const std::size_t head = received_.find("\r\n\r\n") + 4;
    const std::size_t length = received_.find("Content-Length: ");
    const std::size_t body = hasBody && length < head ? std::stoul(received_.substr(length + 16)) : 0;
    while (received_.size() < head + body && fill()) {
    }
    std::string response = received_.substr(0, head + body);
    received_.erase(0, head + body);
    return response;
  }

  /// All there is until the connection ends.
  std::string receiveAll() {
    while (fill()) {
    }
    return std::exchange(received_, {});
  }

  /// True when nothing but the end of the connection follows.
  bool atEnd() { return received_.empty() && !fill() && received_.empty(); }

 private:
  bool fill() {
    std::array<char, 4096> buffer{};
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (size <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
  }

  int socket_;
  std::string received_;
};

inline int statusOf(const std::string& response) { return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0; }

}  // namespace liveblocks_tests
