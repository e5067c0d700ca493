/// A server that answers as Liveblocks and Clerk do, unless the URL asks for something else.
#pragma once

#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "call_id.hpp"
#include "fate.hpp"
#include "testing/transport_check/server.hpp"

namespace liveblocks_tests::mixed {

/// A port of 127.0.0.1 that refuses connections, because nothing listens there, and nothing else can.
class RefusingPort {
 public:
  RefusingPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::getsockname(socket_, generic, &size) != 0) {
      throw std::runtime_error("cannot bind a port");
    }
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  RefusingPort(const RefusingPort&) = delete;
  RefusingPort& operator=(const RefusingPort&) = delete;
  ~RefusingPort() { ::close(socket_); }

  const std::string& url() const { return url_; }

 private:
  int socket_;
  std::string url_;
};

class FaultyServer {
 public:
  explicit FaultyServer(std::string jwks)
      : jwks_(std::move(jwks)), server_([this](const Received& request) { return react(request); }) {}

  /// The base URL whose requests have that fate. Those of one tenant are apart from those of others.
  std::string url(Fate fate, std::string_view tenant = "all") const {
    const std::string path = "/" + std::to_string(static_cast<int>(fate)) + "/" + std::string(tenant);
    return fate == Fate::refused ? refusing_.url() + path : server_.url(path);
  }

  std::size_t requestCount() const { return server_.requestCount(); }

 private:
  using Received = liveblocks::testing::transport_check::Received;
  using Step = liveblocks::testing::transport_check::Step;
  using Steps = liveblocks::testing::transport_check::Steps;

  Steps react(const Received& request) {
    const auto fate = static_cast<Fate>(std::stoi(request.target.substr(1)));
    const std::string id = firstId(request.target + request.body);
    const bool isFirst = seen_.insert(request.method + request.target + request.body).second;
    if (fate == Fate::tooManyOnce && isFirst) return refuse(429, id);
    if (fate == Fate::busyOnce && isFirst) return refuse(503, id);
    return stepsOf(fate, id, answer(request, id));
  }

  static Steps refuse(int status, const std::string& id, std::string_view headers = {}) {
    const std::string body = R"({"error":"FAULT","message":")" + id + R"(","errors":[{"code":")" + id + R"("}]})";
    return liveblocks::testing::transport_check::respond(status, body, headers);
  }

  Steps stepsOf(Fate fate, const std::string& id, const std::string& body) const {
    using namespace std::chrono_literals;
    const std::string whole = liveblocks::testing::transport_check::respond(200, body).front().bytes;
    const std::string half = whole.substr(0, whole.size() / 2);
    switch (fate) {
      case Fate::delayed:
        return {Step::pause(std::chrono::milliseconds(5 + whole.size() % 50)), Step::write(whole)};
      case Fate::piecemeal:
        return {Step::write(half.substr(0, 7)), Step::pause(5ms), Step::write(half.substr(7)), Step::pause(5ms),
                Step::write(whole.substr(half.size()))};
      case Fate::closing:
        return {Step::write(whole), Step::close()};
      case Fate::busy:
        return refuse(503, id);
      case Fate::missing:
        return refuse(404, id);
      case Fate::redirected:
        return refuse(302, id, "Location: " + url(Fate::prompt) + "/v2/rooms/" + id + "\r\n");
      case Fate::malformedJson:
        return liveblocks::testing::transport_check::respond(200, R"({"id":")" + id + R"(",)");
      case Fate::malformedHttp:
        return {Step::write("HTTP/1.1 200 Text\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}"), Step::close()};
      case Fate::truncated:
        return {Step::write("HTTP/1.1 200 Text\r\nContent-Length: 9999\r\n\r\n" + body), Step::close()};
      case Fate::truncatedChunks:
        return {Step::write("HTTP/1.1 200 Text\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"), Step::close()};
      case Fate::reset:
        return {Step::reset()};
      case Fate::tooLarge:
        return {Step::write("HTTP/1.1 200 Text\r\nContent-Length: 99999999\r\n\r\n" + body), Step::hold()};
      case Fate::stalled:
        return {Step::hold()};
      default:
        return {Step::write(whole)};
    }
  }

  /// What Liveblocks or Clerk would send.
  std::string answer(const Received& request, const std::string& id) const {
    const auto isAbout = [&](std::string_view text) { return request.target.find(text) != std::string::npos; };
    if (isAbout("/v1/jwks")) return jwks_;
    if (isAbout("/v1/users/")) {
      return R"({"id":")" + id + R"(","first_name":"Name of )" + id + R"(","image_url":"https://img.example/"})";
    }
    if (isAbout("/authorize-user") || isAbout("/identify-user")) {
      return R"({"token":"t","request":)" + request.body + "}";
    }
    if (isAbout("/active-users"))
      return R"({"data":[{"type":"user","id":")" + id + R"(","connectionId":1,"info":{}}]})";
    const std::string room = R"({"type":"room","id":")" + id +
                             R"(","createdAt":"2026-01-02T03:04:05.678Z","organizationId":"default",)"
                             R"("defaultAccesses":[],"groupsAccesses":{},"usersAccesses":{},"metadata":{}})";
    return isAbout("/v2/rooms?userId=") ? R"({"nextCursor":null,"data":[)" + room + "]}" : room;
  }

  const std::string jwks_;
  const RefusingPort refusing_;
  /// Requests that have come before. Only the thread of the server uses it.
  std::set<std::string> seen_;
  liveblocks::testing::transport_check::Server server_;
};

}  // namespace liveblocks_tests::mixed
