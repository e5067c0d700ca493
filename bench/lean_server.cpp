#include "lean_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <stdexcept>
#include <string_view>
#include <unordered_map>

#include "pinning.hpp"

namespace liveblocks_bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int backlog = 4096;

int listenOnLoopback() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, backlog) != 0) {
    throw std::runtime_error("cannot listen on loopback");
  }
  return listener;
}

std::string urlOf(int listener) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  return "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

std::string preparedResponse() {
  const std::string body = R"({"token":")" + std::string(800, 'x') + R"("})";
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Mon, 30 Nov 2026 12:00:00 "
         "GMT\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// The size of the first request in the input; 0 if it is incomplete. Our clients write `Content-Length` like this.
std::size_t sizeOfFirst(std::string_view input) {
  const std::size_t head = input.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  constexpr std::string_view name = "Content-Length: ";
  const std::size_t field = input.substr(0, head).find(name);
  const std::size_t body =
      field == std::string_view::npos ? 0 : std::strtoul(input.data() + field + name.size(), nullptr, 10);
  const std::size_t size = head + 4 + body;
  return size <= input.size() ? size : 0;
}

class Loop {
 public:
  Loop(int listener, std::chrono::milliseconds delay)
      : listener_(listener), delay_(delay), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    watch(listener_);
  }

  [[noreturn]] void run() {
    while (true) {
      const int count = ::epoll_wait(epoll_, events_.data(), static_cast<int>(events_.size()), timeout());
      for (int i = 0; i < count; ++i) {
        const int socket = events_.at(static_cast<std::size_t>(i)).data.fd;
        socket == listener_ ? accept() : read(socket);
      }
      respondToDue();
    }
  }

 private:
  void watch(int socket) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void accept() {
    int socket = 0;
    while ((socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
      const int on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      inputs_[socket].clear();
      watch(socket);
    }
  }

  void read(int socket) {
    const ssize_t size = ::recv(socket, buffer_.data(), buffer_.size(), 0);
    if (size <= 0) {
      ::close(socket);
      return;
    }
    std::string& input = inputs_[socket];
    input.append(buffer_.data(), static_cast<std::size_t>(size));
    while (const std::size_t first = sizeOfFirst(input)) {
      input.erase(0, first);
      if (delay_.count() == 0) {
        respond(socket);
      } else {
        waiting_.emplace_back(Clock::now() + delay_, socket);
      }
    }
  }

  void respond(int socket) const { ::send(socket, response_.data(), response_.size(), MSG_NOSIGNAL); }

  void respondToDue() {
    while (!waiting_.empty() && waiting_.front().first <= Clock::now()) {
      respond(waiting_.front().second);
      waiting_.pop_front();
    }
  }

  int timeout() const {
    if (waiting_.empty()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(waiting_.front().first - Clock::now());
    return static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0));
  }

  int listener_;
  std::chrono::milliseconds delay_;
  int epoll_;
  std::string response_ = preparedResponse();
  std::array<epoll_event, 256> events_{};
  std::array<char, 16384> buffer_{};
  std::unordered_map<int, std::string> inputs_;
  std::deque<std::pair<Clock::time_point, int>> waiting_;
};

pid_t startServing(int listener, unsigned cpu, std::chrono::milliseconds delay) {
  const pid_t process = ::fork();
  if (process < 0) throw std::runtime_error("cannot start a process");
  if (process > 0) return process;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  pinToCpu(cpu);
  Loop(listener, delay).run();
}

}  // namespace

LeanServer::LeanServer(unsigned cpu, std::chrono::milliseconds delay) : LeanServer(listenOnLoopback(), cpu, delay) {}

LeanServer::LeanServer(int listener, unsigned cpu, std::chrono::milliseconds delay)
    : url_(urlOf(listener)), process_(startServing(listener, cpu, delay)) {
  ::close(listener);
}

LeanServer::~LeanServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace liveblocks_bench
