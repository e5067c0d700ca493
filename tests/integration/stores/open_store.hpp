/// Stores and clients of databases by the name of their kind, for tests and `claimer`.
#pragma once

#include <memory>
#include <string>

#include <liveblocks/webhooks/seen_store.hpp>

#include "sql_client.hpp"

namespace store_tests {

/// A store of the kind "redis" at a port, "sqlite" in a file, or "postgres" at a connection string.
std::shared_ptr<liveblocks::webhooks::SeenStore> openStore(const std::string& kind, const std::string& address);

/// A connection to the database of such a store, but for Redis.
std::unique_ptr<SqlClient> openSql(const std::string& kind, const std::string& address);

}  // namespace store_tests
