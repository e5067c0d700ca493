#include <atomic>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "database.hpp"

using task_board::Database;

namespace {

/// A path that is free, and free again afterwards.
class TemporaryPath {
 public:
  TemporaryPath()
      : path_(std::filesystem::temp_directory_path() /
              ("task_board_" + std::to_string(std::random_device()()) + ".db")) {}
  TemporaryPath(const TemporaryPath&) = delete;
  TemporaryPath& operator=(const TemporaryPath&) = delete;
  ~TemporaryPath() { std::filesystem::remove(path_); }

  std::string text() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::vector<std::int64_t> idsOf(const std::vector<task_board::Task>& tasks) {
  std::vector<std::int64_t> ids;
  ids.reserve(tasks.size());
  for (const auto& task : tasks) ids.push_back(task.id);
  return ids;
}

}  // namespace

TEST_CASE("tasks are found by id and by owner") {
  const TemporaryPath path;
  const Database database(path.text());

  REQUIRE(database.find(5));
  CHECK(database.find(5)->title == "Somebody else's plans");
  CHECK(database.find(5)->ownerId == "user_stranger");
  CHECK_FALSE(database.find(0));
  CHECK(idsOf(database.ownedBy("user_ada", "org_acme")) == std::vector<std::int64_t>{1, 3, 4, 6, 7, 8});
  CHECK(idsOf(database.ownedByNeither("user_ada", "org_acme")) == std::vector<std::int64_t>{2, 5, 9});
  CHECK(database.ownedBy("' OR 1=1 --", "").empty());
}

TEST_CASE("a file that is there is opened as it is") {
  const TemporaryPath path;
  const auto made = [&] {
    const Database database(path.text());
    return std::filesystem::last_write_time(path.text());
  }();
  const Database database(path.text());
  CHECK(std::filesystem::last_write_time(path.text()) == made);
}

TEST_CASE("threads may read one database at the same time") {
  const TemporaryPath path;
  const Database database(path.text());
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::int64_t id = 1; id <= 4; ++id) {
    threads.emplace_back([&, id] {
      for (int round = 0; round < 200; ++round) {
        const auto task = database.find(id);
        if (!task || task->id != id || database.ownedBy("user_ada", "org_acme").size() != 6) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}
