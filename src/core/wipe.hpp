/// Overwriting secrets. Header-only, because the libraries share no private symbols.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Overwrites the bytes, which a compiler may not omit, as it does not know what a volatile pointer calls.
inline void wipe(char* bytes, std::size_t size) noexcept {
  void* (*const volatile overwrite)(void*, int, std::size_t) = std::memset;
  overwrite(bytes, 0, size);
}

inline void wipe(std::string& text) noexcept { wipe(text.data(), text.size()); }

/// Overwrites a string or an array of characters when the scope ends. Borrows it.
template <class Bytes>
class WipeAtEnd {
 public:
  explicit WipeAtEnd(Bytes& bytes) noexcept : bytes_(bytes) {}
  WipeAtEnd(const WipeAtEnd&) = delete;
  WipeAtEnd& operator=(const WipeAtEnd&) = delete;
  ~WipeAtEnd() { wipe(bytes_.data(), bytes_.size()); }

 private:
  Bytes& bytes_;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
