#include "load.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace liveblocks_bench {
namespace {

int portOf(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

/// Servers write the name in different cases.
std::size_t lengthOf(std::string_view head) {
  constexpr std::string_view name = "content-length:";
  const auto isSame = [](char left, char right) { return std::tolower(static_cast<unsigned char>(left)) == right; };
  const auto* const found = std::search(head.begin(), head.end(), name.begin(), name.end(), isSame);
  if (found == head.end()) throw std::runtime_error("a response has no length");
  return std::strtoul(found + name.size(), nullptr, 10);
}

}  // namespace

Load::Load(const std::string& url, std::vector<std::string> requests, std::size_t connections)
    : requests_(std::move(requests)), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  connections_.reserve(connections);
  while (connections_.size() < connections) open(portOf(url));
}

Load::~Load() {
  for (const Connection& connection : connections_) ::close(connection.socket);
  ::close(epoll_);
}

void Load::open(int port) {
  Connection& connection = connections_.emplace_back();
  connection.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(connection.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to the server");
  }
  const int on = 1;
  ::setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = connections_.size() - 1;
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
}

void Load::send(Connection& connection) {
  const std::string& request = requests_[next_++ % requests_.size()];
  connection.sent = Clock::now();
  if (::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
    throw std::runtime_error("a request could not be sent");
  }
}

bool Load::receive(Connection& connection) {
  const ssize_t size = ::recv(connection.socket, buffer_.data(), buffer_.size(), 0);
  if (size <= 0) throw std::runtime_error("the server has closed a connection");
  connection.received.append(buffer_.data(), static_cast<std::size_t>(size));
  const std::size_t head = connection.received.find("\r\n\r\n");
  if (head == std::string::npos) return false;
  if (connection.received.compare(0, 12, "HTTP/1.1 200") != 0) throw std::runtime_error(connection.received);
  if (connection.received.size() < head + 4 + lengthOf({connection.received.data(), head})) return false;
  connection.received.clear();
  return true;
}

Load::Outcome Load::run(std::chrono::milliseconds duration) {
  Outcome outcome;
  const auto begin = Clock::now();
  const auto end = begin + duration;
  for (Connection& connection : connections_) send(connection);
  for (std::size_t waiting = connections_.size(); waiting > 0;) {
    std::array<epoll_event, 64> events{};
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      Connection& connection = connections_[events.at(static_cast<std::size_t>(i)).data.u64];
      if (!receive(connection)) continue;
      const auto now = Clock::now();
      outcome.latencies.push_back(std::chrono::duration<double>(now - connection.sent).count());
      now < end ? send(connection) : static_cast<void>(--waiting);
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  outcome.requestsPerSecond = static_cast<double>(outcome.latencies.size()) / seconds;
  std::sort(outcome.latencies.begin(), outcome.latencies.end());
  return outcome;
}

double quantile(const std::vector<double>& sorted, double part) {
  return sorted.at(static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1)));
}

}  // namespace liveblocks_bench
