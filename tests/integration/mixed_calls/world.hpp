/// What runs of mixed calls have in common, whatever their loop is.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include "catch.hpp"
#include "clients.hpp"
#include "faulty_server.hpp"
#include "own_process.hpp"
#include "plan.hpp"
#include "run.hpp"
#include "scheduler_thread.hpp"

namespace liveblocks_tests::mixed {

/// With both ends of each connection in this process, they fit into the usual limit of 1024 files.
constexpr std::size_t mostInFlight = 320;
constexpr std::size_t idleConnections = 4;

/// The other side of a connection is closed a little later.
template <class Condition>
bool comesTrue(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return condition();
}

inline std::thread::id threadOf(liveblocks::http::Scheduler& scheduler) {
  std::promise<std::thread::id> id;
  scheduler.post([&] { id.set_value(std::this_thread::get_id()); });
  return id.get_future().get();
}

inline std::shared_ptr<liveblocks::http::Transport> makeTransport(
    const std::shared_ptr<liveblocks::http::EventLoop>& loop) {
  liveblocks::http::CurlTransportOptions options;
  options.connectTimeout = ampleTime;
  options.maxIdleConnections = idleConnections;
  return liveblocks::http::makeCurlTransport(options, loop);
}

inline std::vector<PlannedCall> plan(std::size_t count) {
  Planner planner(20261130);
  std::vector<PlannedCall> calls;
  for (std::size_t i = 0; i < count; ++i) calls.push_back(planner.next());
  return calls;
}

/// What calls need apart from the loop, and what outlives it.
struct World {
  liveblocks::testing::ClerkIssuer issuer;
  FaultyServer server{issuer.jwks()};
  SchedulerThread elsewhere;

  Places places(const liveblocks::http::Transport& transport) {
    const auto execute = [this](std::function<void()> task) { elsewhere.post(std::move(task)); };
    return {threadOf(*transport.scheduler()), execute, threadOf(elsewhere)};
  }
};

inline void checkOutcomes(const Run& run) {
  const std::vector<std::string> problems = run.problems();
  CAPTURE(problems);
  CHECK(problems.empty());
}

}  // namespace liveblocks_tests::mixed
