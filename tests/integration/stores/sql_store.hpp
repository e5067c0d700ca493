/// The store that a program tests.
#pragma once

#ifdef LIVEBLOCKS_TEST_POSTGRES
#include <liveblocks/adapters/postgres_seen_store.hpp>
#else
#include <liveblocks/adapters/sqlite_seen_store.hpp>
#endif

namespace store_tests {

#ifdef LIVEBLOCKS_TEST_POSTGRES
using SqlStore = liveblocks::adapters::PostgresSeenStore;
#else
using SqlStore = liveblocks::adapters::SqliteSeenStore;
#endif

}  // namespace store_tests
