/// @file
/// Ending asynchronous calls early.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

namespace detail {
struct CancellationState;
}  // namespace detail

/// Keeps a callback registered that `CancellationToken::onCancelled()` was given, until it is destroyed. Move-only.
class LIVEBLOCKS_EXPORT CancellationRegistration {
 public:
  /// No callback.
  CancellationRegistration() noexcept;
  /// @{
  /// Moves the registration; the source of the move has none afterwards.
  CancellationRegistration(CancellationRegistration&& other) noexcept;
  CancellationRegistration& operator=(CancellationRegistration&& other) noexcept;
  /// @}
  /// The callback is not called any more. On another thread it may be running still: nothing waits for it.
  ~CancellationRegistration();

 private:
  friend class CancellationToken;
  CancellationRegistration(std::shared_ptr<detail::CancellationState> state, std::uint64_t id) noexcept;

  std::shared_ptr<detail::CancellationState> state_;
  std::uint64_t id_ = 0;
};

/// Tells the calls that hold it whether they are still wanted. Cheap to copy, thread-safe.
class LIVEBLOCKS_EXPORT CancellationToken {
 public:
  /// A token that is never cancelled.
  CancellationToken() noexcept;

  /// Whether `CancellationSource::cancel()` has been called.
  bool isCancelled() const noexcept;

  /// Whether there is a source that may cancel it.
  bool canBeCancelled() const noexcept;

  /// Registers what is called on the thread that cancels, or at once if that has happened already. It must not throw.
  [[nodiscard]] CancellationRegistration onCancelled(std::function<void()> callback) const;

 private:
  friend class CancellationSource;
  explicit CancellationToken(std::shared_ptr<detail::CancellationState> state) noexcept;

  std::shared_ptr<detail::CancellationState> state_;
};

/// Cancels all calls that were given its token; they end with `Errc::cancelled`. Copies share one state. Thread-safe.
///
///     liveblocks::CancellationSource source;
///     session.authorizeAsync(done, {deadline, source.token()});
///     source.cancel();  // done is called with Errc::cancelled, unless it was called before
class LIVEBLOCKS_EXPORT CancellationSource {
 public:
  /// Not cancelled.
  CancellationSource();

  /// Cancels, permanently. The calls end soon, on the threads of their loops.
  void cancel() const noexcept;

  /// The token to hand to calls.
  CancellationToken token() const noexcept;

 private:
  std::shared_ptr<detail::CancellationState> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
