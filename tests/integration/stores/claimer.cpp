// One process of several that share a store:
//
//   claimer <kind> <address> claim <name> <count>      claims ids once its input ends, and prints those that are fresh
//   claimer <kind> <address> deliver <name> <count>    works on them until all are done, and prints the work it did
//   claimer <kind> <address> hold <name> <id>          claims an id, prints its state, and waits for the end of its
//   input claimer <kind> <address> transact <name> <count>   works in transactions, and often dies before the end of
//   one
#include <csignal>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <thread>

#include "open_store.hpp"
#include "store_under_test.hpp"

namespace {

using namespace store_tests;

struct Arguments {
  std::string kind;
  std::string address;
  std::string name;
  std::string last;
};

void waitForEndOfInput() {
  while (std::cin.get() != std::char_traits<char>::eof()) continue;
}

/// Calls `work` with each id, in an order of this process.
void forEachId(const Arguments& arguments, const std::function<void(const std::string&)>& work) {
  const int count = std::stoi(arguments.last);
  const int first = static_cast<int>(std::hash<std::string>()(arguments.name) % static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) work("id" + std::to_string((first + i) % count));
}

void claimAll(const Arguments& arguments) {
  const auto store = openStore(arguments.kind, arguments.address);
  waitForEndOfInput();
  forEachId(arguments, [&](const std::string& id) {
    const SeenState state = store->claim(id, arguments.name, minutes(10), soon()).value();
    if (state == SeenState::fresh) std::cout << id << "\n";
  });
}

void deliverAll(const Arguments& arguments) {
  const auto store = openStore(arguments.kind, arguments.address);
  std::mt19937 random(std::random_device{}());
  waitForEndOfInput();
  forEachId(arguments, [&](const std::string& id) {
    for (;;) {
      const SeenState state = store->claim(id, arguments.name, minutes(10), soon()).value();
      if (state == SeenState::done) return;
      if (state == SeenState::inProgress) {
        std::this_thread::sleep_for(milliseconds(1));
      } else if (random() % 3 == 0) {
        store->release(id, arguments.name, soon()).value();
      } else {
        std::cout << id << "\n";
        store->done(id, arguments.name, hours(72), soon()).value();
      }
    }
  });
}

void hold(const Arguments& arguments) {
  const auto store = openStore(arguments.kind, arguments.address);
  const SeenState state = store->claim(arguments.last, arguments.name, minutes(10), soon()).value();
  std::cout << (state == SeenState::fresh ? "fresh" : "not fresh") << std::endl;
  waitForEndOfInput();
}

void transactAll(const Arguments& arguments) {
  const auto client = openSql(arguments.kind, arguments.address);
  std::mt19937 random(std::random_device{}());
  forEachId(arguments, [&](const std::string& id) {
    client->begin();
    if (client->record(id).value()) {
      client->run("INSERT INTO work VALUES ('" + id + "')");
      if (random() % 8 == 0) std::raise(SIGKILL);
    }
    client->run("COMMIT");
  });
}

}  // namespace

int main(int count, char** words) {
  if (count != 6) return 2;
  const Arguments arguments{words[1], words[2], words[4], words[5]};
  const std::string job = words[3];
  try {
    if (job == "claim") claimAll(arguments);
    if (job == "deliver") deliverAll(arguments);
    if (job == "hold") hold(arguments);
    if (job == "transact") transactAll(arguments);
  } catch (const std::exception& error) {
    std::cout << "error: " << error.what() << std::endl;
    return 1;
  }
  return 0;
}
