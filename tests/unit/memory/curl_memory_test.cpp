// Asynchronous exchanges over libcurl that run out of memory: each completes exactly once, and the loop goes on.

#include <liveblocks/http/curl_transport.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "out_of_memory.hpp"

namespace lb = liveblocks;
namespace http = liveblocks::http;
using liveblocks_tests::runOutOfMemory;

namespace {

/// A loop that watches no sockets and needs no memory.
class StillLoop final : public http::EventLoop {
 public:
  void attach(std::weak_ptr<Listener> listener) override { listener_ = std::move(listener); }
  void post(std::function<void()> function) override { posted_.at(count_++) = std::move(function); }
  void watch(Socket, http::SocketEvents) override {}
  void setTimer(std::optional<lb::Deadline> when) override { timer_ = when; }
  bool isLoopThread() const noexcept override { return isRunning; }

  void turn() {
    isRunning = true;
    for (std::size_t i = 0; i < count_; ++i) std::exchange(posted_.at(i), nullptr)();
    count_ = 0;
    const auto listener = listener_.lock();
    if (std::exchange(timer_, std::nullopt) && listener) listener->onTimer();
    isRunning = false;
  }
  void close() {
    if (const auto listener = listener_.lock()) listener->onClosed();
  }

  /// Whether this thread passes for the loop's.
  bool isRunning = false;  // NOLINT(misc-non-private-member-variables-in-classes)

 private:
  std::weak_ptr<Listener> listener_;
  std::array<std::function<void()>, 16> posted_;
  std::size_t count_ = 0;
  std::optional<lb::Deadline> timer_;
};

/// An exchange that never comes to an end by itself.
struct Scene {
  std::shared_ptr<StillLoop> loop = std::make_shared<StillLoop>();
  std::shared_ptr<http::Transport> transport = http::makeCurlTransport({}, loop);
  lb::CancellationSource source;
  http::Request request{"POST", "http://127.0.0.1:1/", {{"Authorization", "Bearer a long secret", true}}, "body"};
  http::Call call{std::chrono::steady_clock::now() + std::chrono::minutes(1)};
  std::shared_ptr<int> completions = std::make_shared<int>(0);
  http::Transport::Completion done = [completions = completions](const auto&) { ++*completions; };

  Scene() { call.cancellation = source.token(); }
};

/// How an exchange ends.
using End = std::function<void(Scene& scene)>;

void runScene(bool onLoop, bool isPolled, const End& end) {
  bool isBroken = false;
  runOutOfMemory([&] {
    const auto scene = std::make_shared<Scene>();
    const auto isOver = std::make_shared<bool>(false);
    if (isPolled) scene->call.cancelled = [isOver] { return *isOver; };
    return [&, scene, isOver] {
      scene->loop->isRunning = onLoop;
      scene->transport->start(scene->request, scene->call, scene->done);
      scene->loop->turn();
      *isOver = true;
      end(*scene);
      scene->loop->turn();
      scene->loop->close();
      if (*scene->completions != 1) isBroken = true;
    };
  });
  CHECK_FALSE(isBroken);
}

}  // namespace

TEST_CASE("an exchange over libcurl that runs out of memory completes once") {
  const bool onLoop = GENERATE(false, true);
  const bool isPolled = GENERATE(false, true);
  CAPTURE(onLoop, isPolled);
  SECTION("when the loop closes") {
    runScene(onLoop, isPolled, [](Scene&) {});
  }
  SECTION("when it is cancelled") {
    runScene(onLoop, isPolled, [](Scene& scene) { scene.source.cancel(); });
  }
  SECTION("when its transport is destroyed") {
    runScene(onLoop, isPolled, [](Scene& scene) { scene.transport.reset(); });
  }
}
