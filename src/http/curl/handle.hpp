/// Handles for blocking exchanges, and the pool that keeps them.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include <liveblocks/http/transport.hpp>

#include "http/curl/easy_handle.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Serves one exchange at a time, always with the same origin, and keeps one connection between them.
///
/// The easy handle runs inside a multi handle of its own: that is what libcurl does for an easy transfer anyway, and it
/// lets us look at `Call::cancelled` while waiting. Nothing is shared with other handles.
class Handle {
 public:
  /// Throws `std::bad_alloc`.
  explicit Handle(std::string_view origin);
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle();

  const EasyHandle& easy() const noexcept { return *easy_; }

  /// Runs the exchange that the easy handle has been set up for. nullopt: `call.cancelled` ended it.
  std::optional<CURLcode> perform(const Call& call);

  /// Forgets everything about the last exchange but its connection.
  void reset() noexcept { easy_->reset(); }

 private:
  struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::unique_ptr<EasyHandle> easy_;
};

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
