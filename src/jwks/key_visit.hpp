/// Asynchronous calls of a key cache.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <liveblocks/core/version.hpp>

#include "http/parked_call.hpp"
#include "jwks/key_cache.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {

/// A fetch that is completed later. If it is given up instead, it lands as well.
class StartedFetch {
 public:
  StartedFetch(std::shared_ptr<KeyCache> cache, KeyCache::FlightPointer flight,
               std::shared_ptr<http::Scheduler> scheduler) noexcept;
  StartedFetch(const StartedFetch&) = delete;
  StartedFetch& operator=(const StartedFetch&) = delete;
  ~StartedFetch();

  static void start(const std::shared_ptr<StartedFetch>& self) noexcept;

 private:
  void land(const Result<FetchedKeys>& fetched) noexcept;

  const std::shared_ptr<KeyCache> cache_;
  KeyCache::FlightPointer flight_;
  const std::shared_ptr<http::Scheduler> scheduler_;
};

/// One asynchronous call, which follows the plans of the cache without a thread. It is kept alive by what it waits for,
/// and keeps the cache alive.
class KeyVisit : public std::enable_shared_from_this<KeyVisit> {
 public:
  /// Without a key id it refreshes the set.
  KeyVisit(std::shared_ptr<KeyCache> cache, std::optional<std::string> keyId, http::detail::AsyncWait wait,
           KeyCache::Done done);

  /// Goes on until the call must wait or is at its end.
  void advance() noexcept;

 private:
  using Wake = http::detail::Wake;

  /// What is to be done once the cache is not locked any more.
  struct Next {
    /// The call is at its end.
    std::optional<Result<KeyPointer>> outcome = {};
    /// It waits, with a limit if another caller fetches.
    std::shared_ptr<http::detail::ParkedCall> parked = {};
    std::optional<Deadline> limit = {};
    std::shared_ptr<StartedFetch> fetch = {};
  };

  Next next();
  Next join(Deadline limit);
  Next lead(Deadline limit);
  std::shared_ptr<http::detail::ParkedCall> park();
  /// Why the call cannot wait, if it cannot.
  std::optional<Error> obstacle() const;
  void wake(Wake reason) noexcept;
  void settle(Wake reason);
  /// Logs the exception that is being handled.
  Error unexpected() const noexcept;
  void finish(Result<KeyPointer> outcome) noexcept;

  const std::shared_ptr<KeyCache> cache_;
  const std::optional<std::string> keyId_;
  const http::detail::AsyncWait wait_;
  KeyCache::Done done_;
  KeyCache::Visit visit_;
  /// What it waits for, and whether it began that.
  KeyCache::FlightPointer flight_;
  bool leads_ = false;
  Deadline limit_{};
};

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
