// Processes that share a store.
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "child_process.hpp"
#include "store_under_test.hpp"

using namespace store_tests;

namespace {

struct ProcessesFixture : StoreFixture {
  /// Starts several processes, lets them begin, and returns all that they print.
  std::vector<std::string> runProcesses(const std::string& job, const std::string& last) const {
    std::vector<std::unique_ptr<ChildProcess>> processes;
    processes.reserve(4);
    for (int i = 0; i < 4; ++i) processes.push_back(start(job, "process" + std::to_string(i), last));
    for (const auto& process : processes) process->release();
    std::vector<std::string> lines;
    for (const auto& process : processes) {
      while (const auto line = process->readLine()) lines.push_back(*line);
      CHECK(process->wait() == 0);
    }
    return lines;
  }

  std::unique_ptr<ChildProcess> start(const std::string& job, const std::string& name, const std::string& last) const {
    const std::string address = dynamic_cast<ServerUnderTest&>(under).address();
    return std::make_unique<ChildProcess>(std::vector<std::string>{LIVEBLOCKS_CLAIMER, kind, address, job, name, last});
  }
};

}  // namespace

TEST_CASE_METHOD(ProcessesFixture, "a process of several gets an id, also one whose lease has ended") {
  const bool hasEnded = GENERATE(false, true);
  for (int i = 0; hasEnded && i < 100; ++i) claim("id" + std::to_string(i), "dead");
  under.pass(minutes(1));
  const auto lines = runProcesses("claim", "100");
  const std::set<std::string> distinct(lines.begin(), lines.end());
  CHECK(lines.size() == 100);
  CHECK(distinct.size() == 100);
  CHECK(claim("id99", "another") == SeenState::inProgress);
}

TEST_CASE_METHOD(ProcessesFixture, "processes complete each delivery once, although many are released") {
  const auto lines = runProcesses("deliver", "60");
  const std::set<std::string> distinct(lines.begin(), lines.end());
  CHECK(lines.size() == 60);
  CHECK(distinct.size() == 60);
  CHECK(claim("id59", "another") == SeenState::done);
}

TEST_CASE_METHOD(ProcessesFixture, "the event of a process that dies is fresh again when its lease ends") {
  const auto process = start("hold", "victim", "event");
  REQUIRE(process->readLine() == "fresh");
  process->signal(SIGKILL);
  const int status = process->wait();
  REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
  CHECK(claim("event", "survivor") == SeenState::inProgress);
  under.pass(minutes(10) - seconds(30));
  CHECK(claim("event", "survivor") == SeenState::inProgress);
  under.pass(seconds(30));
  CHECK(claim("event", "survivor") == SeenState::fresh);
  CHECK(done("event", "survivor"));
}

TEST_CASE_METHOD(ProcessesFixture, "leases end by themselves") {
  REQUIRE(claim("event", "lost", seconds(1)) == SeenState::fresh);
  SeenState state = SeenState::inProgress;
  while (state == SeenState::inProgress) {
    state = claim("event", "next");
    std::this_thread::sleep_for(milliseconds(20));
  }
  CHECK(state == SeenState::fresh);
  CHECK(done("event", "lost").error().code == Errc::conflict);
}
