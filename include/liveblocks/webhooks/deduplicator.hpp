/// @file
/// Each webhook once, though vendors send it until they hear of success.
/// https://docs.svix.com/receiving/introduction
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/webhooks/seen_store.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// How deliveries are told apart, and for how long.
struct DeduplicatorOptions {
  /// Where ids are kept. Null: a `MemorySeenStore` of its own, which is right as long as one process takes all
  /// deliveries.
  std::shared_ptr<SeenStore> store = {};
  /// Tells endpoints that share a store from each other: where one vendor sends an event to several of them, its id is
  /// the same. Up to 64 visible ASCII characters.
  std::string scope = {};
  /// How long an id is remembered that was done. 28 h to 30 days: the last automatic repetition comes 27 h 35 min 5 s
  /// after the first delivery. https://docs.svix.com/retries
  std::chrono::seconds keep = std::chrono::hours(72);
  /// How long a claim holds that is neither done nor released, as when its process died. 1 s to 1 h; choose more than
  /// the work ever takes, since a delivery that comes when it has ended is worked on beside the first.
  std::chrono::seconds lease{60};
  /// What a question to the store may take. More than 0, at most 10 s: vendors wait 15 s for the whole answer.
  std::chrono::milliseconds timeout{2000};
};

/// What became of a delivery that was claimed. One that is fresh and not `done()` is released when the claim is
/// destroyed, so that the next delivery of it is fresh again; leaving by an exception included.
///
/// Can be moved, not copied; not thread-safe.
class LIVEBLOCKS_EXPORT Claim {
 public:
  /// Takes over; the other may only be assigned to or destroyed.
  Claim(Claim&& other) noexcept;
  /// Releases what it held before.
  Claim& operator=(Claim&& other) noexcept;
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  /// Releases, within `DeduplicatorOptions::timeout`; a store that cannot be reached releases when the lease ends.
  ~Claim();

  /// As it was when it was claimed.
  SeenState state() const noexcept { return seen_; }

  /// The work was done: the event is remembered, and whoever sends it again is told so.
  ///
  /// What fails here is to be logged, no more, and the delivery to be answered with success. `Errc::conflict`: the
  /// lease ended, and another delivery of the event was taken up meanwhile, so that it may be worked on twice; a longer
  /// lease helps. Any other error: the store did not take it, and a repetition, which is not to be expected after a
  /// success, would be worked on.
  ///
  /// Throws `std::logic_error` for a claim that is not fresh, is done already, or was moved from.
  [[nodiscard]] std::optional<Error> done();

 private:
  friend class Deduplicator;
  struct Held;
  Claim(SeenState seen, std::unique_ptr<Held> held) noexcept;
  void release() noexcept;

  SeenState seen_;
  /// Null once there is nothing to release.
  std::unique_ptr<Held> held_;
};

/// Tells first deliveries from repeated ones. Vendors send an event, under the same id, until it is answered with
/// success, and do not wait for the answer to the first delivery for ever. So each is claimed before the work:
///
/// | what a claim is | what to do | answer |
/// | --- | --- | --- |
/// | `SeenState::fresh` | do the work, then `Claim::done()`, or let go of the claim | 200; 500 when the work failed |
/// | `SeenState::inProgress` | nothing: whether the work will succeed is not known | 409: it comes again |
/// | `SeenState::done` | nothing | 200 |
/// | an error | nothing: the store cannot say | 503: it comes again |
///
/// An event is never lost by that. It is worked on twice when a lease ends during the work, or when the process dies
/// between the work and `done()`: work that must not be repeated belongs into one transaction with the id.
///
/// Cheap to copy; copies share the store. Thread-safe.
class LIVEBLOCKS_EXPORT Deduplicator {
 public:
  /// Throws `std::invalid_argument` for an option out of range.
  explicit Deduplicator(const DeduplicatorOptions& options = {});

  /// Give it verified messages only: others would let anybody keep a real event out. Blocks until the deadline, by
  /// default and at most `DeduplicatorOptions::timeout` from now. What the store throws counts as `Errc::internal`.
  /// Throws `std::invalid_argument` for an id that no verifier lets through.
  Result<Claim> claim(const Message& message, std::optional<Deadline> deadline = {}) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
