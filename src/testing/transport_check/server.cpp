#include "testing/transport_check/server.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

constexpr std::string_view lineEnd = "\r\n";
constexpr std::string_view headEnd = "\r\n\r\n";

/// Reads from the front of a string. If the string ends too early, the result is empty and `isShort()`.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::string_view until(std::string_view end) {
    const std::size_t found = text_.find(end, position_);
    if (found == std::string_view::npos) return fail();
    const std::string_view part = text_.substr(position_, found - position_);
    position_ = found + end.size();
    return part;
  }

  std::string_view bytes(std::size_t count) {
    if (count > text_.size() - position_) return fail();
    position_ += count;
    return text_.substr(position_ - count, count);
  }

  bool isShort() const { return isShort_; }
  std::size_t position() const { return position_; }

 private:
  std::string_view fail() {
    isShort_ = true;
    return {};
  }

  std::string_view text_;
  std::size_t position_ = 0;
  bool isShort_ = false;
};

std::size_t number(std::string_view digits, int base) {
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

void readHead(std::string_view head, Received& request) {
  Reader lines(head);
  Reader first(lines.until(lineEnd));
  request.method = first.until(" ");
  request.target = first.until(" ");
  if (first.isShort()) request.method = "?";
  while (lines.position() < head.size()) {
    const std::string_view line = lines.until(lineEnd);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      request.method = "?";
      continue;
    }
    request.headers.emplace_back(line.substr(0, colon), ascii::trim(line.substr(colon + 1)));
  }
}

std::string readChunks(Reader& reader) {
  std::string body;
  while (!reader.isShort()) {
    const std::size_t size = number(reader.until(lineEnd), 16);
    if (size == 0) break;
    body += reader.bytes(size);
    reader.until(lineEnd);
  }
  while (!reader.isShort() && !reader.until(lineEnd).empty()) {
  }
  return body;
}

}  // namespace

std::vector<std::string> Received::valuesOf(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [each, value] : headers) {
    if (ascii::equalsIgnoringCase(each, name)) values.push_back(value);
  }
  return values;
}

std::optional<Received> takeRequest(std::string& bytes) {
  Reader reader(bytes);
  const std::string head = std::string(reader.until(headEnd)).append(lineEnd);
  if (reader.isShort()) return std::nullopt;
  Received request;
  readHead(head, request);
  const auto lengths = request.valuesOf("Content-Length");
  if (!request.valuesOf("Transfer-Encoding").empty()) {
    request.body = readChunks(reader);
  } else if (!lengths.empty()) {
    request.body = reader.bytes(number(lengths.front(), 10));
  }
  if (reader.isShort()) return std::nullopt;
  bytes.erase(0, reader.position());
  return request;
}

bool expectsContinue(std::string_view bytes) {
  const std::size_t end = bytes.find(headEnd);
  if (end == std::string_view::npos) return false;
  Received request;
  readHead(std::string(bytes.substr(0, end)).append(lineEnd), request);
  return !request.valuesOf("Expect").empty();
}

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// How often, in milliseconds, the server checks what no socket reports: pauses, conditions and its own shutdown.
constexpr int tick = 5;

#if defined(MSG_NOSIGNAL)
constexpr int noSignal = MSG_NOSIGNAL;
#else
constexpr int noSignal = 0;
#endif

template <class T>
void setOption(int socket, int level, int name, const T& value) noexcept {
  ::setsockopt(socket, level, name, &value, sizeof value);
}

void makeReady(int socket) noexcept {
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  ::fcntl(socket, F_SETFL, O_NONBLOCK);
  setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
#if defined(SO_NOSIGPIPE)
  setOption(socket, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
}

sockaddr* generic(sockaddr_in& address) noexcept {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface.
  return reinterpret_cast<sockaddr*>(&address);
}

int listenOnLoopback() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  if (listener < 0) throw std::runtime_error("checkTransport() cannot make a socket");
  makeReady(listener);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, generic(address), sizeof address) != 0 || ::listen(listener, 64) != 0) {
    ::close(listener);
    throw std::runtime_error("checkTransport() cannot listen on 127.0.0.1");
  }
  return listener;
}

int portOf(int listener) noexcept {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(listener, generic(address), &size);
  return ntohs(address.sin_port);
}

bool wouldBlock() noexcept { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

struct Server::Connection {
  int socket = -1;
  std::string unread = {};
  std::deque<Step> steps = {};
  /// When the current step began, if it takes time.
  Moment begun = {};
  bool hasContinued = false;

  void close() noexcept {
    ::close(socket);
    socket = -1;
  }
  void reset() noexcept {
    setOption(socket, SOL_SOCKET, SO_LINGER, linger{1, 0});
    close();
  }
  bool isWriting() const noexcept { return !steps.empty() && steps.front().kind == Step::Kind::write; }
};

Step Step::write(std::string bytes) { return {Kind::write, std::move(bytes)}; }
Step Step::pause(milliseconds time) { return {Kind::pause, {}, time}; }
Step Step::hold(std::function<bool()> until) { return {Kind::hold, {}, Server::patience, std::move(until)}; }
Step Step::close() { return {Kind::close}; }
Step Step::reset() { return {Kind::reset}; }

Steps respond(int status, std::string_view body, std::string_view headers) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Text\r\nContent-Length: " + std::to_string(body.size());
  return {Step::write(text.append("\r\n").append(headers).append("\r\n").append(body))};
}

Server::Server(React react)
    : react_(std::move(react)), listener_(listenOnLoopback()), port_(portOf(listener_)), thread_([this] { serve(); }) {}

Server::~Server() {
  stopping_ = true;
  thread_.join();
  for (Connection& connection : connections_) connection.close();
  ::close(listener_);
}

std::string Server::url(std::string_view target) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
}

std::vector<Received> Server::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t Server::requestCount() const {
  const std::lock_guard lock(mutex_);
  return requests_.size();
}

void Server::serve() {
  while (!stopping_) {
    waitForEvents();
    accept();
    for (Connection& connection : connections_) {
      read(connection);
      advance(connection);
    }
    const auto isClosed = [](const Connection& connection) { return connection.socket < 0; };
    connections_.erase(std::remove_if(connections_.begin(), connections_.end(), isClosed), connections_.end());
  }
}

void Server::waitForEvents() {
  std::vector<pollfd> sockets{{listener_, POLLIN, 0}};
  for (const Connection& connection : connections_) {
    const int events = connection.isWriting() ? POLLIN | POLLOUT : POLLIN;
    sockets.push_back({connection.socket, static_cast<short>(events), 0});
  }
  ::poll(sockets.data(), static_cast<nfds_t>(sockets.size()), tick);
}

void Server::accept() {
  for (int socket = ::accept(listener_, nullptr, nullptr); socket >= 0;
       socket = ::accept(listener_, nullptr, nullptr)) {
    makeReady(socket);
    connections_.push_back({socket});
  }
}

void Server::read(Connection& connection) {
  std::array<char, 16384> buffer{};
  while (connection.socket >= 0) {
    const ssize_t count = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
    if (count < 0 && wouldBlock()) return;
    if (count <= 0) return connection.close();
    connection.unread.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

void Server::advance(Connection& connection) {
  while (connection.socket >= 0) {
    if (!connection.steps.empty()) {
      if (!doStep(connection)) return;
      continue;
    }
    auto request = takeRequest(connection.unread);
    if (!request) {
      if (connection.hasContinued || !expectsContinue(connection.unread)) return;
      connection.hasContinued = true;
      connection.steps.push_back(Step::write("HTTP/1.1 100 Continue\r\n\r\n"));
      continue;
    }
    connection.hasContinued = false;
    const Steps steps = react_(*request);
    connection.steps.assign(steps.begin(), steps.end());
    const std::lock_guard lock(mutex_);
    requests_.push_back(*std::move(request));
  }
}

/// Returns false if the step is not finished.
bool Server::doStep(Connection& connection) {
  const Step& step = connection.steps.front();
  if (step.kind == Step::Kind::close) return connection.close(), true;
  if (step.kind == Step::Kind::reset) return connection.reset(), true;
  if (step.kind == Step::Kind::write) return write(connection);
  const Moment now = Clock::now();
  if (connection.begun == Moment()) connection.begun = now;
  const bool isFulfilled = step.until && step.until();
  const bool isOver = now - connection.begun >= step.time;
  if (!isFulfilled && !isOver) return false;
  if (!isFulfilled && step.kind == Step::Kind::hold) gaveUp_ = true;
  connection.begun = {};
  connection.steps.pop_front();
  return true;
}

bool Server::write(Connection& connection) {
  std::string& bytes = connection.steps.front().bytes;
  while (!bytes.empty()) {
    const ssize_t count = ::send(connection.socket, bytes.data(), bytes.size(), noSignal);
    if (count < 0 && wouldBlock()) return false;
    if (count < 0) return connection.close(), true;
    bytes.erase(0, static_cast<std::size_t>(count));
  }
  connection.steps.pop_front();
  return true;
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
