/// Handles of libcurl, and the pool that keeps them.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include <liveblocks/http/transport.hpp>

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

  CURL* easy() noexcept { return easy_.get(); }
  const std::string& origin() const noexcept { return origin_; }
  /// What libcurl says about the last failure; may be empty.
  std::string_view errorText() const noexcept { return errorText_.data(); }

  /// Runs the exchange that the easy handle has been set up for. nullopt: `call.cancelled` ended it.
  std::optional<CURLcode> perform(const Call& call);

  // What is known of the last exchange, until the reset.
  bool isResolved() const noexcept;
  /// Whether a byte of the response has arrived.
  bool hasResponseBegun() const noexcept;
  /// It went over the connection that had been kept.
  bool wasConnectionKept() const noexcept;
  /// What a proxy said when it was asked for a tunnel; 0 when none was asked.
  long tunnelStatus() const noexcept;

  /// Forgets everything about the last exchange but its connection.
  void reset() noexcept;

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };
  struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  std::string origin_;
  std::array<char, CURL_ERROR_SIZE> errorText_{};
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
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
