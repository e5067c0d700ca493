/// Idle handles, kept for their connections.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "http/curl/handle.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Last in, first out, so that few connections stay warm and the rest age. Thread-safe.
class HandlePool {
 public:
  explicit HandlePool(std::size_t maxIdle) noexcept : maxIdle_(maxIdle) {}

  /// The handle that served `origin` last, or a new one.
  std::unique_ptr<Handle> take(std::string_view origin);

  /// Takes a handle back after a whole exchange; drops the one that has been idle longest when there are too many.
  void give(std::unique_ptr<Handle> handle);

 private:
  const std::size_t maxIdle_;
  std::mutex mutex_;
  /// Longest idle first.
  std::vector<std::unique_ptr<Handle>> idle_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
