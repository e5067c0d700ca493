/// Makes calls of OpenSSL and libcurl fail, and counts the handles that they give and take. Programs that want it are
/// linked with `liveblocks_faults`, so that the library's calls come here first (`ld --wrap`).
#pragma once

#include <atomic>
#include <cstddef>
#include <string_view>
#include <vector>

namespace liveblocks_tests {

/// A function that can fail, in one way or several.
class FaultyFunction {
 public:
  /// Is among `all()` from then on, forever.
  FaultyFunction(const char* name, int ways);
  FaultyFunction(const FaultyFunction&) = delete;
  FaultyFunction& operator=(const FaultyFunction&) = delete;
  ~FaultyFunction() = default;

  static const std::vector<FaultyFunction*>& all();

  const char* name() const noexcept { return name_; }
  int ways() const noexcept { return ways_; }
  /// How often it was called.
  std::size_t calls() const noexcept { return calls_; }

  /// To be asked at each call: whether this one is to fail.
  bool mustFail() noexcept;
  /// In which way, from 0.
  static std::size_t way() noexcept;

 private:
  const char* const name_;
  const int ways_;
  std::atomic<std::size_t> calls_{0};
};

/// While it lives a function fails: at the call of that number, counted from 0, and where the want is lasting at all
/// that follow. On any thread. There may be one at a time.
class Fault {
 public:
  enum class Want { brief, lasting };

  Fault(FaultyFunction& function, int way, std::size_t number, Want want) noexcept;
  Fault(const Fault&) = delete;
  Fault& operator=(const Fault&) = delete;
  ~Fault();

  /// Whether a call has failed.
  static bool hasHappened() noexcept;
  /// Whether there is one, of a function whose name begins so.
  static bool isOf(std::string_view beginning) noexcept;
};

/// How many handles of OpenSSL and libcurl the library holds.
long handlesInUse() noexcept;
/// For the functions that give and take them.
void countHandle(const void* given, long count) noexcept;

}  // namespace liveblocks_tests
