#include "client.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "patience.hpp"
#include "webhook_client.hpp"

namespace soak {
namespace {

constexpr std::size_t burstSize = 8;

bool isWhole(const std::string& response) {
  const std::size_t body = response.find("\r\n\r\n");
  const std::size_t length = response.find("Content-Length: ");
  return body != std::string::npos && length < body &&
         response.size() - body - 4 == std::stoul(response.substr(length + 16));
}

}  // namespace

void Client::act() {
  const std::size_t choice = dice_.below(100);
  if (choice < 30) return callOnce();
  if (choice < 55) return keepAlive();
  if (choice < 65) return pipeline();
  if (choice < 72) return burst();
  if (choice < 77) return sendSlowly();
  if (choice < 85) return vanish();
  if (choice < 88) return talkNonsense();
  WebhookClient(server_, ids_, ledger_, dice_).deliver();
}

void Client::callOnce() {
  Socket socket(server_.port());
  const Sent sent = send(socket, false);
  receive(socket, sent, sent.end);
  if (!socket.atEnd()) ledger_.problem(describe(sent.call), "the end of the connection", "something else");
}

void Client::keepAlive() {
  Socket socket(server_.port());
  for (int left = dice_.between(1, 6); left > 0; --left) {
    const Sent sent = send(socket, true);
    if (!receive(socket, sent, sent.end)) return;
  }
}

void Client::pipeline() {
  Socket socket(server_.port());
  std::vector<Sent> all;
  for (int left = dice_.between(2, 4); left > 0; --left) {
    all.push_back(send(socket, true));
    // After this one the server closes the connection.
    if (all.back().call.content == Content::tooLarge) break;
  }
  Moment startable = all.front().end;
  for (const Sent& sent : all) {
    const bool goesOn = receive(socket, sent, std::max(startable, sent.end));
    if (!goesOn) return;
    startable = Clock::now();
  }
}

void Client::burst() {
  std::vector<Socket> sockets;
  std::vector<Sent> all;
  for (std::size_t i = 0; i < burstSize; ++i) sockets.emplace_back(server_.port());
  for (Socket& socket : sockets) all.push_back(send(socket, dice_.percent(50)));
  for (std::size_t i = 0; i < burstSize; ++i) receive(sockets[i], all[i], all[i].end);
}

void Client::sendSlowly() {
  Socket socket(server_.port());
  Sent sent{planner_.next(), Clock::now(), {}};
  const std::string wire = wireOf(sent.call, false);
  const std::size_t size = wire.size() / 5 + 1;
  for (std::size_t at = 0; at < wire.size(); at += size) {
    if (!socket.send(std::string_view(wire).substr(at, size))) break;
    std::this_thread::sleep_for(milliseconds(dice_.between(1, 20)));
  }
  sent.end = Clock::now();
  receive(socket, sent, sent.end);
}

/// Nobody waits for the response.
void Client::vanish() {
  Socket socket(server_.port());
  const std::string wire = wireOf(planner_.next(), true);
  const std::size_t size = dice_.percent(50) ? wire.size() : dice_.below(wire.size());
  socket.send(std::string_view(wire).substr(0, size));
  if (dice_.percent(50)) std::this_thread::sleep_for(milliseconds(dice_.between(0, 30)));
  if (dice_.percent(50)) socket.reset();
  ledger_.count("clients that vanished");
}

void Client::talkNonsense() {
  static const std::vector<std::string> nonsense{
      "GET\r\n\r\n", "\x16\x03\x01\x02", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST /api/liveblocks-auth HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "PRI * HTTP/2.0\r\n\r\n"};
  Socket socket(server_.port());
  socket.send(dice_.pick(nonsense));
  socket.finish();
  const std::string response = socket.receiveAll();
  const int status = liveblocks_tests::statusOf(response);
  if (!response.empty() && status < 400) ledger_.problem("nonsense", "no success", response);
  ledger_.count("requests that are no HTTP");
}

std::string Client::wireOf(const Call& call, bool keepAlive) {
  std::string wire = call.request.method + " " + call.request.url + " HTTP/1.1\r\nHost: app.example.com\r\n";
  for (const auto& [name, value] : call.request.headers) {
    const std::string token = value.substr(value.find(' ') + 1);
    wire += dice_.percent(30) ? "Cookie: theme=dark; __session=" + token : name + ": " + value;
    wire += "\r\n";
  }
  if (!keepAlive) wire += "Connection: close\r\n";
  return wire + "Content-Length: " + std::to_string(call.request.body.size()) + "\r\n\r\n" + call.request.body;
}

Client::Sent Client::send(Socket& socket, bool keepAlive) {
  Sent sent{planner_.next(), {}, {}};
  const std::string wire = wireOf(sent.call, keepAlive);
  sent.begin = Clock::now();
  socket.send(wire);
  sent.end = Clock::now();
  return sent;
}

bool Client::receive(Socket& socket, const Sent& sent, Moment startable) {
  const std::string response = receivePatiently(socket);
  const Stretch time{sent.begin, Clock::now()};
  if (!isWhole(response)) {
    ledger_.problem(describe(sent.call), "a response", response.empty() ? "none" : "a part of one: " + response);
    return false;
  }
  const std::string body = response.substr(response.find("\r\n\r\n") + 4);
  judge_.judge(sent.call, {time, startable + callTimeout, liveblocks_tests::statusOf(response), body}, server_.door());
  return response.find("Connection: close") == std::string::npos;
}

}  // namespace soak
