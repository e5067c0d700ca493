/// A value that many threads read without a lock, and that is seldom replaced.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <type_traits>
#include <utility>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Any number of threads may read at any time; one at a time may publish.
///
/// There are two places. One has the current value, the other one the value before it, until the next value is put
/// there: a replaced value lives until the next publication, and no reader destroys it.
template <class T>
class Published {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_swappable_v<T>);

 public:
  /// Returns what `look` makes of the current value, which is `T()` at first; not a reference into it. `look` may
  /// throw, and must be short: it can hold up the publication after the next one. Nothing is waited for; the read is
  /// begun again if a value is published at that moment.
  template <class Look>
  auto read(const Look& look) const {
    const Reading reading(*this);
    return look(reading.value());
  }

  /// Exchanges `value` for the one that was replaced last, or returns false if that one is still being read. Never
  /// waits.
  bool tryPublish(T& value) noexcept {
    using std::swap;
    const std::size_t next = 1 - current_;
    if (places_[next].readers != 0) return false;
    swap(places_[next].value, value);
    current_ = next;
    return true;
  }

  /// Waits if the value that was replaced last is still being read, by a thread that has been interrupted since then.
  void publish(T value) noexcept {
    // It sleeps, because that thread may need this very CPU, and yielding gives it to no thread of a lower priority.
    while (!tryPublish(value)) std::this_thread::sleep_for(std::chrono::microseconds(50));
  }

 private:
  struct Place {
    T value{};
    mutable std::atomic<std::uint32_t> readers{0};
  };

  /// Announces a reader, so that nothing is put into the place of the value.
  class Reading {
   public:
    explicit Reading(const Published& from) noexcept : place_(from.enter()) {}
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading() { --place_.readers; }

    const T& value() const noexcept { return place_.value; }

   private:
    const Place& place_;
  };

  // All operations of the atomic variables have one order, which acquire and release would not give them. So either the
  // publisher sees that a reader has been announced, or the reader sees that its place is not the current one any more,
  // and does not look at what is put there.
  const Place& enter() const noexcept {
    for (;;) {
      const std::size_t current = current_;
      const Place& place = places_[current];
      ++place.readers;
      if (current_ == current) return place;
      --place.readers;
    }
  }

  std::atomic<std::size_t> current_{0};
  std::array<Place, 2> places_{};
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
