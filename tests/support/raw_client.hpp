/// HTTP as bytes on a loopback connection.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
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

  /// Head and body of one response; what there is of it if the connection ends first.
  std::string receive(bool hasBody = true) {
    while (received_.find(endOfHead) == std::string::npos && fill()) {
    }
    std::size_t size = received_.find(endOfHead);
    if (size == std::string::npos) return std::exchange(received_, {});
    size += endOfHead.size();
    const std::string head = received_.substr(0, size);
    if (hasBody && isChunked(head)) {
      while (received_.find(lastChunk, size) == std::string::npos && fill()) {
      }
      size = std::min(received_.size(), received_.find(lastChunk, size) + lastChunk.size());
    } else if (hasBody) {
      size += lengthOf(head);
      while (received_.size() < size && fill()) {
      }
    }
    std::string response = received_.substr(0, size);
    received_.erase(0, size);
    return response;
  }

  /// All there is until the connection ends.
  std::string receiveAll() {
    while (fill()) {
    }
    return std::exchange(received_, {});
  }

  /// True when nothing but the end of the connection follows; false when the patience of 10 s ends first.
  bool atEnd() { return received_.empty() && !fill() && received_.empty() && isEnded_; }

  /// Ends the connection with a reset.
  void reset() {
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(std::exchange(socket_, -1));
  }

 private:
  static constexpr std::string_view endOfHead = "\r\n\r\n";
  static constexpr std::string_view lastChunk = "0\r\n\r\n";

  static std::string lowerCase(std::string text) {
    for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return text;
  }

  static bool isChunked(const std::string& head) {
    return lowerCase(head).find("\r\ntransfer-encoding: chunked") != std::string::npos;
  }

  static std::size_t lengthOf(const std::string& head) {
    constexpr std::string_view name = "\r\ncontent-length: ";
    const std::size_t at = lowerCase(head).find(name);
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
  }

  bool fill() {
    std::array<char, 4096> buffer{};
    const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
    isEnded_ = size == 0 || (size < 0 && errno == ECONNRESET);
    if (size <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(size));
    return true;
  }

  int socket_;
  std::string received_;
  bool isEnded_ = false;
};

inline int statusOf(const std::string& response) { return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0; }

}  // namespace liveblocks_tests
