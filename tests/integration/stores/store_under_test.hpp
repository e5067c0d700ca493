/// What the tests of stores ask of each kind.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <liveblocks/webhooks/seen_store.hpp>

namespace store_tests {

namespace webhooks = liveblocks::webhooks;
using liveblocks::Deadline;
using liveblocks::Errc;
using liveblocks::Result;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using webhooks::SeenState;

/// Where one kind of store keeps its ids.
class StoreUnderTest {
 public:
  StoreUnderTest() = default;
  StoreUnderTest(const StoreUnderTest&) = delete;
  StoreUnderTest& operator=(const StoreUnderTest&) = delete;
  virtual ~StoreUnderTest() = default;

  /// A store with connections of its own.
  virtual std::shared_ptr<webhooks::SeenStore> open() = 0;
  /// Makes what is stored older.
  virtual void pass(seconds time) = 0;
  /// Forgets all ids.
  virtual void clear() = 0;
  /// Deletes what has expired, where something must.
  virtual void removeExpired() {}
};

/// A kind whose ids are in another process or a file.
class ServerUnderTest : public StoreUnderTest {
 public:
  /// What `claimer` needs to open the store.
  virtual std::string address() const = 0;
  /// Lets calls wait until `resume()`.
  virtual void stall() = 0;
  virtual void resume() = 0;
  virtual void stop() = 0;
  /// After `stop()`.
  virtual void start() = 0;
};

/// The kind that this program tests. The server runs until the program ends.
StoreUnderTest& storeUnderTest();
/// Its name for `claimer`.
extern const char* const kind;

/// For calls that are expected to succeed.
inline Deadline soon() { return std::chrono::steady_clock::now() + seconds(60); }

/// A store without ids.
struct StoreFixture {
  StoreFixture() { under.clear(); }

  SeenState claim(std::string_view id, std::string_view holder, seconds lease = minutes(1)) const {
    return store->claim(id, holder, lease, soon()).value();
  }
  Result<void> done(std::string_view id, std::string_view holder, seconds keep = hours(72)) const {
    return store->done(id, holder, keep, soon());
  }
  void release(std::string_view id, std::string_view holder) const { store->release(id, holder, soon()).value(); }

  StoreUnderTest& under = storeUnderTest();
  std::shared_ptr<webhooks::SeenStore> store = under.open();
};

}  // namespace store_tests
