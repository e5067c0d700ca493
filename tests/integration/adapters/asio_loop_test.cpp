// The event loop of the adapter for Asio, over pipes.
#include <liveblocks/adapters/asio_loop.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "catch.hpp"

namespace {

namespace adapters = liveblocks::adapters;
namespace net = adapters::detail::net;
using liveblocks::http::EventLoop;
using liveblocks::http::SocketEvents;

constexpr SocketEvents nothing{};
constexpr SocketEvents readable{true, false};
constexpr SocketEvents writable{false, true};

liveblocks::Deadline after(int milliseconds) {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

class Pipe {
 public:
  Pipe() { REQUIRE(::pipe(ends_.data()) == 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }

  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void write() const { REQUIRE(::write(ends_[1], "x", 1) == 1); }
  /// Fails unless both ends are open.
  void read() const {
    char byte = 0;
    REQUIRE(::read(ends_[0], &byte, 1) == 1);
  }

 private:
  std::array<int, 2> ends_{};
};

/// Writes down what it is told, and then does what a test wants.
class Listener : public EventLoop::Listener {
 public:
  void onReady(EventLoop::Socket socket, SocketEvents events) override {
    heard.push_back((events.readable ? "read " : "write ") + std::to_string(socket));
    if (then) then();
  }
  void onTimer() override {
    heard.emplace_back("timer");
    if (then) then();
  }
  void onClosed() override { heard.emplace_back("closed"); }

  std::vector<std::string> heard;
  std::function<void()> then;
};

struct Fixture {
  std::optional<net::io_context> io{std::in_place};
  std::shared_ptr<EventLoop> loop = adapters::makeLoop(*io);
  std::shared_ptr<Listener> listener = std::make_shared<Listener>();
  Pipe pipe;

  Fixture() { loop->attach(listener); }

  /// Gives the loop a function on its thread, and runs until there is nothing left to do.
  void run(const std::function<void()>& function) {
    loop->post(function);
    io->restart();
    io->run();
  }
  std::string sawReadable() const { return "read " + std::to_string(pipe.reading()); }
  std::string sawWritable() const { return "write " + std::to_string(pipe.writing()); }
};

using Heard = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(Fixture, "Asio loop: a posted function runs later, on the loop's thread") {
  bool ran = false;
  CHECK_FALSE(loop->isLoopThread());
  loop->post([&] { ran = loop->isLoopThread(); });
  CHECK_FALSE(ran);
  io->run();
  CHECK(ran);
}

TEST_CASE_METHOD(Fixture, "Asio loop: a socket is reported while it is ready and watched") {
  pipe.write();
  pipe.write();
  listener->then = [this] {
    pipe.read();
    if (listener->heard.size() == 2) loop->watch(pipe.reading(), nothing);
  };
  run([this] { loop->watch(pipe.reading(), readable); });
  CHECK(listener->heard == Heard{sawReadable(), sawReadable()});
}

TEST_CASE_METHOD(Fixture, "Asio loop: a socket is watched for other events") {
  listener->then = [this] {
    if (listener->heard.size() == 1) {
      loop->watch(pipe.writing(), nothing);
      pipe.write();
      loop->watch(pipe.reading(), readable);
    } else {
      loop->watch(pipe.reading(), writable);
      loop->watch(pipe.reading(), nothing);
    }
  };
  run([this] { loop->watch(pipe.writing(), writable); });
  CHECK(listener->heard == Heard{sawWritable(), sawReadable()});
}

TEST_CASE_METHOD(Fixture, "Asio loop: a forgotten socket is not reported, and stays open") {
  run([this] {
    loop->watch(pipe.writing(), writable);
    loop->watch(pipe.writing(), nothing);
    loop->watch(pipe.writing(), nothing);
  });
  CHECK(listener->heard.empty());
  pipe.write();
  pipe.read();
}

TEST_CASE_METHOD(Fixture, "Asio loop: a number may become that of another socket") {
  listener->then = [this] { loop->watch(pipe.reading(), nothing); };
  run([this] {
    loop->watch(pipe.reading(), readable);
    loop->watch(pipe.reading(), nothing);
    Pipe other;
    REQUIRE(::dup2(other.reading(), pipe.reading()) == pipe.reading());
    other.write();
    loop->watch(pipe.reading(), readable);
  });
  CHECK(listener->heard == Heard{sawReadable()});
}

TEST_CASE_METHOD(Fixture,
                 "Asio loop: a socket that is closed before it is forgotten takes nobody else's from the context") {
  net::posix::stream_descriptor another(*io);
  bool isHeard = false;
  run([&] {
    loop->watch(pipe.reading(), readable);
    Pipe other;
    REQUIRE(::dup2(other.reading(), pipe.reading()) == pipe.reading());
    another.assign(pipe.reading());
    another.async_wait(net::posix::stream_descriptor::wait_read, [&](const auto& error) { isHeard = !error; });
    loop->watch(pipe.reading(), nothing);
    other.write();
  });
  CHECK(isHeard);
  CHECK(listener->heard.empty());
  another.release();
}

TEST_CASE_METHOD(Fixture, "Asio loop: what cannot be watched is not reported") {
  run([this] { loop->watch(-1, readable); });
  CHECK(listener->heard.empty());
}

TEST_CASE_METHOD(Fixture, "Asio loop: the timer comes once, at the last time that was set") {
  const auto begin = std::chrono::steady_clock::now();
  SECTION("a later one") {
    run([this] {
      loop->setTimer(after(1));
      loop->setTimer(after(30));
    });
    CHECK(std::chrono::steady_clock::now() >= begin + std::chrono::milliseconds(30));
  }
  SECTION("an earlier one") {
    run([this] {
      loop->setTimer(after(3'600'000));
      loop->setTimer(after(1));
    });
  }
  SECTION("one in the past") {
    run([this] { loop->setTimer(after(-1)); });
  }
  CHECK(listener->heard == Heard{"timer"});
}

TEST_CASE_METHOD(Fixture, "Asio loop: a stopped timer does not come, and does not keep the context running") {
  SECTION("when nothing is watched") {
    run([this] {
      loop->setTimer(after(3'600'000));
      loop->setTimer(std::nullopt);
    });
  }
  SECTION("when a socket was watched at that time") {
    run([this] {
      loop->watch(pipe.reading(), readable);
      loop->setTimer(after(3'600'000));
      loop->setTimer(std::nullopt);
      loop->post([this] { loop->watch(pipe.reading(), nothing); });
    });
  }
  SECTION("when it had been moved") {
    run([this] {
      loop->setTimer(after(1));
      loop->setTimer(after(3'600'000));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      loop->post([this] { loop->post([this] { loop->setTimer(std::nullopt); }); });
    });
  }
  CHECK(listener->heard.empty());
}

TEST_CASE_METHOD(Fixture, "Asio loop: the timer may be set again when it comes") {
  listener->then = [this] {
    if (listener->heard.size() < 3) loop->setTimer(after(0));
  };
  run([this] { loop->setTimer(after(0)); });
  CHECK(listener->heard.size() == 3);
}

TEST_CASE_METHOD(Fixture,
                 "Asio loop: when the context is destroyed, the listener is told once, and nothing runs any more") {
  bool ran = false;
  loop->post([&] { ran = true; });
  loop->watch(pipe.reading(), readable);
  loop->setTimer(after(0));
  io.reset();
  loop->post([&] { ran = true; });
  loop->watch(pipe.reading(), readable);
  loop->setTimer(after(0));
  CHECK_FALSE(loop->isLoopThread());
  loop.reset();
  CHECK_FALSE(ran);
  CHECK(listener->heard == Heard{"closed"});
  pipe.write();
  pipe.read();
}

TEST_CASE_METHOD(Fixture, "Asio loop: a loop that is destroyed keeps neither the context running nor its listener") {
  loop->watch(pipe.reading(), readable);
  loop->setTimer(after(3'600'000));
  loop.reset();
  io->run();
  CHECK(listener.use_count() == 1);
  io.reset();
  CHECK(listener->heard.empty());
}

TEST_CASE_METHOD(Fixture, "Asio loop: a listener that is gone is not told") {
  listener.reset();
  run([this] {
    loop->setTimer(after(0));
    loop->watch(pipe.writing(), writable);
    loop->post([this] { loop->post([this] { loop->watch(pipe.writing(), nothing); }); });
  });
  io.reset();
}

TEST_CASE_METHOD(Fixture, "Asio loop: several loops share a context") {
  const auto otherListener = std::make_shared<Listener>();
  const auto other = adapters::makeLoop(*io);
  other->attach(otherListener);
  run([&] {
    loop->setTimer(after(0));
    other->setTimer(after(1));
  });
  io.reset();
  CHECK(listener->heard == Heard{"timer", "closed"});
  CHECK(otherListener->heard == Heard{"timer", "closed"});
}

TEST_CASE_METHOD(Fixture, "Asio loop: one thing at a time runs, however many threads run the context") {
  constexpr int count = 2000;
  int ran = 0;  // Not atomic: the loop keeps the threads apart.
  for (int i = 0; i < count; ++i) {
    loop->post([&] {
      ++ran;
      loop->setTimer(after(0));
    });
  }
  std::thread other([this] { io->run(); });
  io->run();
  other.join();
  CHECK(ran == count);
  CHECK_FALSE(listener->heard.empty());
}
