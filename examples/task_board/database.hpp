/// The application's own data: who owns which task.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace task_board {

struct Task {
  std::int64_t id = 0;
  std::string title;
  /// The id of a user or an organization of Clerk.
  std::string ownerId;
};

/// Reads a SQLite file. Thread-safe. Throws `std::runtime_error` when SQLite fails.
class Database {
 public:
  /// Opens the file, or creates one with a few demo tasks if it does not exist.
  explicit Database(const std::string& path);

  std::optional<Task> find(std::int64_t id) const;

  /// Returns the tasks of either of two owners, by id.
  std::vector<Task> ownedBy(const std::string& owner, const std::string& otherOwner) const;

  /// Returns a few tasks of other owners.
  std::vector<Task> ownedByNeither(const std::string& owner, const std::string& otherOwner) const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  using Connection = std::unique_ptr<sqlite3, Close>;
  using Statement = std::unique_ptr<sqlite3_stmt, Close>;

  static Connection open(const std::string& path, int flags);
  static void create(const std::string& path);
  Statement prepare(const std::string& sql) const;
  bool step(const Statement& statement) const;
  std::vector<Task> list(const Statement& statement, const std::string& owner, const std::string& otherOwner) const;

  Connection connection_;
  Statement find_;
  Statement owned_;
  Statement foreign_;
  mutable std::mutex mutex_;
};

}  // namespace task_board
