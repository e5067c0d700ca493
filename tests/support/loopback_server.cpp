#include "loopback_server.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace liveblocks_tests {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

int listenOnLoopback() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 128) != 0) {
    throw std::runtime_error("cannot listen on loopback");
  }
  return listener;
}

/// OpenSSL writes without MSG_NOSIGNAL. For this thread and those it starts: the client's threads stay as they are.
void blockSigpipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

int portOf(int listener) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

std::optional<std::string> ReceivedRequest::header(std::string_view name) const {
  const std::string wanted = "\r\n" + lower(std::string(name)) + ":";
  const std::size_t found = lower(head).find(wanted);
  if (found == std::string::npos) return std::nullopt;
  const std::size_t begin = head.find_first_not_of(" \t", found + wanted.size());
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

void Connection::TlsDeleter::operator()(SSL* tls) const { SSL_free(tls); }

Connection::Connection(int socket, int index, const TlsIdentity* identity) : socket_(socket), index_(index) {
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (identity == nullptr) return;
  tls_.reset(SSL_new(identity->serverContext()));
  SSL_set_fd(tls_.get(), socket_);
}

Connection::~Connection() { close(); }

bool Connection::handshake() { return !tls_ || SSL_accept(tls_.get()) == 1; }

std::string Connection::readSome() {
  std::array<char, 16384> buffer;
  const auto count = tls_ ? SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()))
                          : static_cast<int>(::recv(socket_, buffer.data(), buffer.size(), 0));
  return std::string(buffer.data(), static_cast<std::size_t>(std::max(count, 0)));
}

std::optional<ReceivedRequest> Connection::readRequest() {
  const auto readUntil = [this](auto isComplete) {
    while (!isComplete()) {
      const std::string more = readSome();
      if (more.empty()) return false;
      unread_ += more;
    }
    return true;
  };
  std::size_t end = 0;
  if (!readUntil([&] { return (end = unread_.find("\r\n\r\n")) != std::string::npos; })) return std::nullopt;
  ReceivedRequest request{unread_.substr(0, end + 2), {}};
  unread_.erase(0, end + 4);
  const std::size_t length = std::stoul(request.header("Content-Length").value_or("0"));
  if (!readUntil([&] { return unread_.size() >= length; })) return std::nullopt;
  request.body = unread_.substr(0, length);
  unread_.erase(0, length);
  return request;
}

bool Connection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                            : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool Connection::respond(int status, std::string_view body, std::string_view extraHeaders) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Text\r\nContent-Length: " + std::to_string(body.size());
  text.append("\r\n").append(extraHeaders).append("\r\n").append(body);
  return write(text);
}

void Connection::awaitClose() {
  while (!readSome().empty()) {
  }
}

void Connection::awaitInterrupt() {
  std::unique_lock lock(mutex_);
  interrupted_.wait(lock, [this] { return isInterrupted_; });
}

void Connection::reset() {
  const linger hard{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  close();
}

void Connection::close() {
  const std::lock_guard lock(mutex_);
  if (socket_ < 0) return;
  ::close(socket_);
  socket_ = -1;
}

void Connection::interrupt() {
  const std::lock_guard lock(mutex_);
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
  isInterrupted_ = true;
  interrupted_.notify_all();
}

LoopbackServer::LoopbackServer(Serve serve, std::shared_ptr<const TlsIdentity> identity)
    : serve_(std::move(serve)),
      identity_(std::move(identity)),
      listener_(listenOnLoopback()),
      port_(portOf(listener_)),
      acceptor_([this] { acceptAll(); }) {}

LoopbackServer::~LoopbackServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  for (const auto& connection : connections_) connection->interrupt();
  for (std::thread& thread : threads_) thread.join();
}

std::string LoopbackServer::url(std::string_view path) const {
  return (identity_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port_) + std::string(path);
}

void LoopbackServer::awaitEnded(int count) {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [&] { return endedCount_ >= count; });
}

void LoopbackServer::acceptAll() {
  blockSigpipe();
  while (true) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0 && errno == EMFILE) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      continue;
    }
    if (socket < 0) return;
    connections_.push_back(std::make_unique<Connection>(socket, accepted_++, identity_.get()));
    Connection& connection = *connections_.back();
    threads_.emplace_back([this, &connection] { serveOne(connection); });
  }
}

void LoopbackServer::serveOne(Connection& connection) {
  if (connection.handshake()) serve_(connection);
  connection.close();
  {
    const std::lock_guard lock(mutex_);
    ++endedCount_;
  }
  ended_.notify_all();
}

}  // namespace liveblocks_tests
