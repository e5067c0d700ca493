/// @file
/// Handles each webhook once, although vendors repeat it until they get a success.
/// https://docs.svix.com/receiving/introduction
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/webhooks/seen_store.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// The options of a `Deduplicator`.
struct DeduplicatorOptions {
  /// Where ids are kept. Null: a `MemorySeenStore` of its own, which is sufficient when one process receives all
  /// deliveries.
  std::shared_ptr<SeenStore> store = {};
  /// Separates endpoints that share a store: a vendor that sends an event to several of them uses the same id. Up to 64
  /// visible ASCII characters.
  std::string scope = {};
  /// How long the id of a completed event is remembered. 28 h to 30 days: the last automatic repetition comes 27 h 35
  /// min 5 s after the first delivery. https://docs.svix.com/retries
  std::chrono::seconds keep = std::chrono::hours(72);
  /// How long a claim is valid that is neither completed nor released, for example because its process died. 1 s to 1
  /// h; choose more than the work ever takes, since a delivery that arrives after that is handled in parallel.
  std::chrono::seconds lease{60};
  /// The time limit of a call to the store. More than 0, at most 10 s: vendors wait 15 s for the whole response.
  std::chrono::milliseconds timeout{2000};
  /// Told of each claim.
  Events events = {};
};

/// The claim of a delivery. A fresh claim that is not `done()` is released when it is destroyed, also by an exception,
/// so that the next delivery of the event is fresh again.
///
/// Move-only; not thread-safe.
class LIVEBLOCKS_EXPORT Claim {
 public:
  /// A claim that was moved from may only be assigned to or destroyed.
  Claim(Claim&& other) noexcept;
  /// Releases the claim that it held before.
  Claim& operator=(Claim&& other) noexcept;
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  /// Releases the id, within `DeduplicatorOptions::timeout`. When the store cannot be reached, the lease ends later.
  ~Claim();

  /// The state of the id when it was claimed.
  SeenState state() const noexcept { return seen_; }

  /// Marks the work as completed: the event is remembered, and repeated deliveries get `SeenState::done`.
  ///
  /// Log an error of this call, and respond to the delivery with a success. `Errc::conflict`: the lease ended, and
  /// another delivery of the event was claimed meanwhile, so that it may be handled twice; use a longer lease. Any
  /// other error: the store did not record it, and a repetition, which is unlikely after a success, would be handled
  /// again.
  ///
  /// Throws `std::logic_error` for a claim that is not fresh, is completed already, or was moved from.
  Result<void> done();

 private:
  friend class Deduplicator;
  struct Held;
  Claim(SeenState seen, std::unique_ptr<Held> held) noexcept;
  void release() noexcept;

  SeenState seen_;
  /// Null once there is nothing to release.
  std::unique_ptr<Held> held_;
};

/// Distinguishes first deliveries from repeated ones. Vendors repeat an event under the same id until they get a
/// success, and they do not wait forever for the response to the first delivery. So claim each delivery before the
/// work:
///
/// | claim | what to do | response |
/// | --- | --- | --- |
/// | `SeenState::fresh` | do the work, then call `Claim::done()`, or destroy the claim | 200; 500 when it failed |
/// | `SeenState::inProgress` | nothing: the work may still fail | 409: the event is repeated |
/// | `SeenState::done` | nothing | 200 |
/// | an error | nothing: the store is unavailable | 503: the event is repeated |
///
/// No event is lost. An event is handled twice when a lease ends during the work, or when the process dies between the
/// work and `done()`: work that must not be repeated belongs in one transaction with the id, such as with
/// `PostgresSeenStore::recordDelivery()`.
///
/// Cheap to copy; copies share the store. Thread-safe.
class LIVEBLOCKS_EXPORT Deduplicator {
 public:
  /// Throws `std::invalid_argument` for an option out of range.
  explicit Deduplicator(const DeduplicatorOptions& options = {});

  /// Claims a delivery. Pass verified messages only: otherwise anybody could block a real event. Blocks until the
  /// deadline, by default and at most `DeduplicatorOptions::timeout` from now. An exception of the store becomes
  /// `Errc::internal`. Throws `std::invalid_argument` for an id that no verifier accepts.
  Result<Claim> claim(const Message& message, std::optional<Deadline> deadline = {}) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
