#include <cstddef>
#include <sstream>

#include "testing/transport_check/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view ok = "HTTP/1.1 200 OK\r\n";
constexpr std::string_view lateBody = "Content-Length: 4\r\n\r\nlate";

/// A server that stops at one place of its answer, or never gets on.
struct Stall {
  std::string name;
  Steps steps;
};

/// A byte now and then: a limit for each read alone would never end it.
Steps drip() {
  Steps steps{Step::write(std::string(ok) + "Content-Length: 100\r\n\r\n")};
  for (auto time = 0ms; time < Peer::patience; time += 20ms) {
    steps.push_back(Step::write("x"));
    steps.push_back(Step::pause(20ms));
  }
  steps.push_back(Step::hold([] { return false; }));
  return steps;
}

std::vector<Stall> stalls() {
  const std::string head(ok);
  return {
      {"before the answer", {Step::hold(), Step::write(head + std::string(lateBody))}},
      {"inside the headers", {Step::write(head), Step::hold(), Step::write(std::string(lateBody))}},
      {"before the body", {Step::write(head + "Content-Length: 4\r\n\r\n"), Step::hold(), Step::write("late")}},
      {"inside the body", {Step::write(head + "Content-Length: 4\r\n\r\nla"), Step::hold(), Step::write("te")}},
      {"after each byte", drip()},
  };
}

std::string chunk(std::string_view body) {
  std::ostringstream text;
  if (!body.empty()) text << std::hex << body.size() << "\r\n" << body << "\r\n";
  return text.str();
}

/// A body of that size, framed in each way.
std::vector<Stall> framings(std::size_t size) {
  const std::string body(size, 'x');
  const std::string head(ok);
  return {
      {"by Content-Length", {Step::write(head + "Content-Length: " + std::to_string(size) + "\r\n\r\n" + body)}},
      {"in chunks", {Step::write(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk(body) + "0\r\n\r\n")}},
      {"to the end of the connection", {Step::write(head + "\r\n" + body), Step::close()}},
  };
}

/// More than anybody may read who has a limit of 1000 bytes.
Steps withoutEnd() {
  Steps steps{Step::write(std::string(ok) + "\r\n")};
  for (int i = 0; i < 64; ++i) steps.push_back(Step::write(std::string(std::size_t{64} << 10, 'x')));
  steps.push_back(Step::hold());
  steps.push_back(Step::close());
  return steps;
}

void checkSize(Probe& probe, std::size_t limit, std::size_t size) {
  for (const Stall& framing : framings(size)) {
    Peer peer([&](const Received&) { return framing.steps; });
    http::Call call = within(ample);
    call.maxBody = limit;
    const std::string what =
        std::to_string(size) + " bytes " + framing.name + " where the caller takes " + std::to_string(limit);
    const Outcome outcome = probe.send(get(peer.url()), call);
    if (size > limit) {
      probe.expectError(outcome, Errc::tooLarge, what);
    } else {
      probe.expectAnswer(outcome, 200, std::string(size, 'x'), what);
    }
  }
}

}  // namespace

void checkDeadline(Probe& probe) {
  for (const Stall& stall : stalls()) {
    Peer peer([&](const Received&) { return stall.steps; });
    const std::string what = "a server that stalls " + stall.name;
    probe.expectError(probe.send(post(peer.url(), "x"), within(brief)), Errc::timeout, what);
    probe.expect(!peer.gaveUp(), what + ": send() outlasted its deadline by far");
    if (peer.gaveUp()) break;
  }
  Peer peer([](const Received&) { return answer(200, "ok"); });
  probe.expectError(probe.send(post(peer.url(), "x"), within(0ms)), Errc::timeout, "a deadline that has passed");
  probe.expect(peer.requestCount() == 0, "past the deadline a request was sent");
  probe.expectAnswer(probe.send(get(peer.url()), {Deadline::max()}), 200, "ok", "the remotest deadline");
}

void checkCancelling(Probe& probe) {
  for (const Stall& stall : stalls()) {
    Peer peer([&](const Received&) { return stall.steps; });
    http::Call call = within(ample);
    call.cancelled = [&] { return peer.requestCount() > 0; };
    const std::string what = "cancelled while a server stalls " + stall.name;
    probe.expectError(probe.send(post(peer.url(), "x"), call), Errc::cancelled, what);
    probe.expect(!peer.gaveUp(), what + ": send() went on for long");
    if (peer.gaveUp()) break;
  }
  Peer peer([](const Received&) { return answer(200, "ok"); });
  http::Call call = within(ample);
  call.cancelled = [] { return true; };
  probe.expectError(probe.send(post(peer.url(), "x"), call), Errc::cancelled, "cancelled beforehand");
  probe.expect(peer.requestCount() == 0, "a request was sent that had been cancelled beforehand");
}

void checkMaxBody(Probe& probe) {
  for (const std::size_t limit : {std::size_t{1}, std::size_t{1000}, std::size_t{70000}}) {
    for (const std::size_t size : {limit - 1, limit, limit + 1}) checkSize(probe, limit, size);
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}}) checkSize(probe, 0, size);
  Peer peer([](const Received&) { return withoutEnd(); });
  http::Call call = within(ample);
  call.maxBody = 1000;
  probe.expectError(probe.send(get(peer.url()), call), Errc::tooLarge, "a body without end");
  probe.expect(!peer.gaveUp(), "a body without end was read on and on");
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
