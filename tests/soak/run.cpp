#include "run.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>
#include <vector>

#include "client.hpp"
#include "loop_load.hpp"
#include "trouble.hpp"

namespace soak {
namespace {

constexpr int clients = 10;
constexpr int loopLoads = 2;
constexpr int thinkTime = 20;
constexpr std::uint32_t firstStream = 100;
constexpr std::uint32_t streamsOfRound = 50;
constexpr milliseconds longestRound{30000};
constexpr int fewestRounds = 3;
constexpr milliseconds patience{30000};
/// Between two attempts.
constexpr milliseconds longestPause{1500};
/// Which a loop opens when it is used.
constexpr std::size_t filesOfLoop = 4;

/// How much more memory may be allocated, or resident, at the end than after the first round.
constexpr std::size_t allocatedGrowth = std::size_t{1} << 20;
constexpr std::size_t residentGrowth = std::size_t{16} << 20;

template <class Condition>
bool comesTrue(const Condition& condition, milliseconds time = patience) {
  const Moment end = Clock::now() + time;
  while (!condition() && Clock::now() < end) std::this_thread::sleep_for(milliseconds(10));
  return condition();
}

std::string inKilobytes(std::size_t bytes) { return std::to_string(bytes / 1024) + " KiB"; }

void print(const std::string& when, const Resources& resources) {
  std::cout << when << ": " << inKilobytes(resources.allocatedBytes) << " allocated, "
            << inKilobytes(resources.residentBytes) << " resident, " << resources.files << " descriptors" << std::endl;
}

}  // namespace

Run::Run(const Options& options) : options_(options) {}

bool Run::run() {
  std::cout << "seed " << options_.seed << ", " << options_.duration.count() << " s" << std::endl;
  const std::size_t filesBefore = measure().files;
  upstream_ = std::make_unique<Upstream>(keys_, exchanges_, ledger_, options_);
  server_ = std::make_unique<ServerDoor>(upstream_->url(), keys_, exchanges_, ledger_, options_);
  loop_ = std::make_unique<LoopDoor>(upstream_->url(), keys_, exchanges_, ledger_, options_);
  const Resources idle = measure();
  soak::print("before the load", idle);

  const std::size_t filesWhenQuiet = idle.files + 2 * (2 * keptConnections + filesOfLoop);
  const auto rounds = std::max<int>(fewestRounds, static_cast<int>(options_.duration / longestRound));
  const milliseconds time = milliseconds(options_.duration) / rounds;
  Resources warm;
  Resources last;
  for (int round = 0; round < rounds && ledger_.isRight(); ++round) {
    load(round, time);
    last = awaitQuiet(filesWhenQuiet);
    if (round == 0) warm = last;
    soak::print("quiet after round " + std::to_string(round + 1) + " of " + std::to_string(rounds), last);
  }
  if (ledger_.isRight()) {
    checkGrowth(warm, last);
    checkMixture();
  }

  loop_.reset();
  server_.reset();
  upstream_.reset();
  if (ledger_.isRight() && !comesTrue([&] { return measure().files == filesBefore; })) {
    ledger_.problem("descriptors at the end", std::to_string(filesBefore), std::to_string(measure().files));
  }
  print();
  return ledger_.isRight();
}

void Run::load(int round, milliseconds time) {
  const Round trouble(Clock::now() + time, ledger_);
  std::uint32_t stream = firstStream + static_cast<std::uint32_t>(round) * streamsOfRound;
  std::vector<std::thread> threads;
  threads.emplace_back([&, dice = Dice(options_.seed, stream++)]() mutable {
    letItStorm(trouble, *upstream_, exchanges_, ledger_, dice);
  });
  threads.emplace_back(
      [&, dice = Dice(options_.seed, stream++)]() mutable { rotateKeys(trouble, keys_, ledger_, dice); });
  threads.emplace_back([&] { watchProcessors(trouble, exchanges_.starvation()); });
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&, dice = Dice(options_.seed, stream++)]() mutable {
      Client client(*server_, keys_, ids_, judge_, ledger_, dice);
      while (trouble.goesOn()) {
        client.act();
        std::this_thread::sleep_for(milliseconds(dice.between(0, thinkTime)));
      }
    });
  }
  for (int i = 0; i < loopLoads; ++i) {
    threads.emplace_back([&, dice = Dice(options_.seed, stream++)]() mutable {
      LoopLoad calls(*loop_, keys_, ids_, judge_, ledger_, dice);
      while (trouble.goesOn()) {
        calls.act();
        std::this_thread::sleep_for(milliseconds(dice.between(0, thinkTime)));
      }
      calls.finish();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

Resources Run::awaitQuiet(std::size_t files) {
  if (!ledger_.isRight()) return measure();
  // Calls whose clients have left may wait for another attempt.
  Moment since = Clock::now();
  const auto isQuiet = [&] {
    if (exchanges_.openCount() > 0) since = Clock::now();
    return Clock::now() - since > longestPause;
  };
  if (!comesTrue(isQuiet, 4 * patience)) {
    ledger_.problem("when all clients had gone", "no exchange", std::to_string(exchanges_.openCount()));
  }
  upstream_->closeConnections();
  if (!comesTrue([&] { return measure().files <= files; })) {
    ledger_.problem("descriptors when it was quiet", "at most " + std::to_string(files),
                    std::to_string(measure().files));
  }
  server_->door().forgetCalls();
  loop_->door().forgetCalls();
  return measure();
}

void Run::checkGrowth(const Resources& warm, const Resources& last) {
  if (last.allocatedBytes > warm.allocatedBytes + allocatedGrowth) {
    ledger_.problem("allocated memory", "at most " + inKilobytes(warm.allocatedBytes + allocatedGrowth),
                    inKilobytes(last.allocatedBytes));
  }
  if (!isSanitized() && last.residentBytes > warm.residentBytes + residentGrowth) {
    ledger_.problem("resident memory", "at most " + inKilobytes(warm.residentBytes + residentGrowth),
                    inKilobytes(last.residentBytes));
  }
}

void Run::checkMixture() {
  const auto counts = ledger_.counts();
  for (const char* what : {"responses 200", "responses 401", "responses 403", "webhooks 200", "webhooks 409",
                           "calls whose key was certain", "calls that were cancelled", "clients that vanished"}) {
    if (counts.count(what) == 0) ledger_.problem(what, "some", "none");
  }
}

void Run::print() const {
  std::cout << ids_.count() << " calls and webhooks\n";
  for (const auto& [what, times] : ledger_.counts()) std::cout << times << " " << what << "\n";
  std::cout << exchanges_.starvation().total().count() << " ms without a processor for a thread that was ready\n";
  for (const auto& [what, value] : ledger_.highest()) std::cout << value << " " << what << "\n";
  for (const std::string& problem : ledger_.problems()) std::cout << "WRONG: " << problem << "\n";
  std::cout << (ledger_.isRight() ? "Everything was as expected" : "Something was wrong") << ", seed " << options_.seed
            << std::endl;
}

}  // namespace soak
