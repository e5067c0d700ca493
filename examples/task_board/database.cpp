#include "database.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <utility>

namespace task_board {
namespace {

constexpr int busyTimeoutMs = 1000;

constexpr const char* demoRows = R"(
  BEGIN IMMEDIATE;
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT, owner_id TEXT);
  INSERT INTO tasks (id, title, owner_id) VALUES
    (1, 'Write the launch post', 'user_ada'),
    (2, 'Fix the flaky import', 'user_grace'),
    (3, 'Plan the team offsite', 'org_acme'),
    (4, 'Review the pricing page', 'org_acme'),
    (5, 'Somebody else''s plans', 'user_stranger'),
    (6, 'Draft the roadmap for spring', 'org_acme'),
    (7, 'Talk to five customers', 'org_acme'),
    (8, 'Prepare the conference talk', 'user_ada'),
    (9, 'Clean up the build scripts', 'user_grace'),
    (10, 'Proofread the notes on the engine', 'org_analytical'),
    (11, 'Book the lecture hall', 'org_analytical');
  COMMIT;
)";

[[noreturn]] void fail(sqlite3* connection) {
  throw std::runtime_error(std::string("database: ") + sqlite3_errmsg(connection));
}

std::string text(sqlite3_stmt* statement, int column) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

Task task(sqlite3_stmt* statement) {
  return {sqlite3_column_int64(statement, 0), text(statement, 1), text(statement, 2)};
}

/// A statement in use. The destructor resets it.
class Query {
 public:
  explicit Query(sqlite3_stmt* statement) noexcept : statement_(statement) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* statement_;
};

}  // namespace

void Database::Close::operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }

void Database::Close::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Database::Database(const std::string& path) {
  if (!std::filesystem::exists(path)) create(path);
  connection_ = open(path, SQLITE_OPEN_READONLY);
  find_ = prepare("SELECT id, title, owner_id FROM tasks WHERE id = ?1");
  owned_ = prepare("SELECT id, title, owner_id FROM tasks WHERE owner_id IN (?1, ?2) ORDER BY id");
  foreign_ = prepare("SELECT id, title, owner_id FROM tasks WHERE owner_id NOT IN (?1, ?2) ORDER BY id LIMIT 3");
}

std::optional<Task> Database::find(std::int64_t id) const {
  const std::lock_guard lock(mutex_);
  const Query query(find_.get());
  if (sqlite3_bind_int64(find_.get(), 1, id) != SQLITE_OK) fail(connection_.get());
  if (!step(find_)) return std::nullopt;
  return task(find_.get());
}

std::vector<Task> Database::ownedBy(const std::string& owner, const std::string& otherOwner) const {
  return list(owned_, owner, otherOwner);
}

std::vector<Task> Database::ownedByNeither(const std::string& owner, const std::string& otherOwner) const {
  return list(foreign_, owner, otherOwner);
}

std::vector<Task> Database::list(const Statement& statement, const std::string& owner,
                                 const std::string& otherOwner) const {
  const std::lock_guard lock(mutex_);
  const Query query(statement.get());
  for (const auto& [index, value] : {std::pair(1, &owner), std::pair(2, &otherOwner)}) {
    const auto size = static_cast<sqlite3_uint64>(value->size());
    if (sqlite3_bind_text64(statement.get(), index, value->data(), size, SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK) {
      fail(connection_.get());
    }
  }
  std::vector<Task> tasks;
  while (step(statement)) tasks.push_back(task(statement.get()));
  return tasks;
}

Database::Connection Database::open(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection(raw);
  if (status != SQLITE_OK) throw std::runtime_error("cannot open the database " + path + ": " + sqlite3_errstr(status));
  sqlite3_busy_timeout(raw, busyTimeoutMs);
  return connection;
}

void Database::create(const std::string& path) {
  const Connection connection = open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (sqlite3_exec(connection.get(), demoRows, nullptr, nullptr, nullptr) != SQLITE_OK) fail(connection.get());
}

Database::Statement Database::prepare(const std::string& sql) const {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(connection_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK) {
    fail(connection_.get());
  }
  return Statement(raw);
}

/// Returns whether there is a row.
bool Database::step(const Statement& statement) const {
  const int status = sqlite3_step(statement.get());
  if (status != SQLITE_ROW && status != SQLITE_DONE) fail(connection_.get());
  return status == SQLITE_ROW;
}

}  // namespace task_board
