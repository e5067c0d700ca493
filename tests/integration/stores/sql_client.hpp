/// A connection of an application, whose work is in the database of the store.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>

namespace store_tests {

class SqlClient {
 public:
  SqlClient() = default;
  SqlClient(const SqlClient&) = delete;
  SqlClient& operator=(const SqlClient&) = delete;
  virtual ~SqlClient() = default;

  virtual void begin() = 0;
  /// Runs a statement without parameters; throws if it fails.
  virtual void run(const std::string& statement) = 0;
  /// The number in the first column of the first row.
  virtual long long number(const std::string& query) = 0;
  /// `recordDelivery()` of the store, for three days.
  virtual liveblocks::Result<bool> record(std::string_view id) = 0;
};

}  // namespace store_tests
