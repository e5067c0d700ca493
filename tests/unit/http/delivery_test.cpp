#include "http/delivery.hpp"

#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

using liveblocks::http::detail::Delivery;
using liveblocks::testing::FakeTransport;
using liveblocks::testing::ManualScheduler;

namespace {

struct Fixture {
  std::shared_ptr<ManualScheduler> scheduler = std::make_shared<ManualScheduler>();
  FakeTransport transport;
  std::vector<std::function<void()>> tasks;
  std::vector<std::string> delivered;

  Fixture() { transport.setScheduler(scheduler); }

  liveblocks::Callback<std::string> callback() {
    return [this](std::string value) { delivered.push_back(std::move(value)); };
  }
  liveblocks::Executor executor() {
    return [this](std::function<void()> task) { tasks.push_back(std::move(task)); };
  }
  void runTasks() {
    for (const auto& task : tasks) task();
  }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a value is delivered at once without an executor") {
  Delivery<std::string>(callback(), nullptr)("a");
  CHECK(delivered == std::vector<std::string>{"a"});
}

TEST_CASE_METHOD(Fixture, "a value is delivered through an executor") {
  Delivery<std::string>(callback(), executor())("a");
  CHECK(delivered.empty());
  runTasks();
  CHECK(delivered == std::vector<std::string>{"a"});
}

TEST_CASE_METHOD(Fixture, "a value is delivered later by the scheduler of a transport") {
  Delivery<std::string>(callback(), nullptr).later(&transport, "a");
  CHECK(delivered.empty());
  scheduler->run();
  CHECK(delivered == std::vector<std::string>{"a"});
}

TEST_CASE_METHOD(Fixture, "a value is delivered later through scheduler and executor") {
  Delivery<std::string>(callback(), executor()).later(&transport, "a");
  CHECK(tasks.empty());
  scheduler->run();
  CHECK(delivered.empty());
  runTasks();
  CHECK(delivered == std::vector<std::string>{"a"});
}

TEST_CASE_METHOD(Fixture, "without a scheduler later is now") {
  transport.setScheduler(nullptr);
  Delivery<std::string>(callback(), nullptr).later(&transport, "a");
  Delivery<std::string>(callback(), nullptr).later(nullptr, "b");
  CHECK(delivered == std::vector<std::string>{"a", "b"});
}

TEST_CASE_METHOD(Fixture, "a value that cannot be made is replaced") {
  const Delivery<std::string> delivery(callback(), nullptr);
  delivery.of([] { return std::string("made"); }, [] { return std::string("instead"); });
  delivery.of([]() -> std::string { throw std::runtime_error("why"); }, [] { return std::string("instead"); });
  CHECK(delivered == std::vector<std::string>{"made", "instead"});
}

TEST_CASE_METHOD(Fixture, "what a callback or an executor throws is discarded") {
  const auto throwing = [](const auto&) { throw std::runtime_error("why"); };
  Delivery<std::string>(throwing, nullptr)("a");
  Delivery<std::string>(throwing, throwing)("a");
  Delivery<std::string>(callback(), throwing)("b");
  CHECK(delivered == std::vector<std::string>{"b"});
}

TEST_CASE("a delivery needs a callback") { CHECK_THROWS_AS(Delivery<int>(nullptr, nullptr), std::invalid_argument); }
