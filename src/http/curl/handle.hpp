/// Handles for blocking exchanges, and the pool that keeps them.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/curl/request.hpp"
#include "http/curl/setup.hpp"
#include "http/curl/transfer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Serves one exchange at a time, always with the same host, and keeps one connection between them.
///
/// The transfer runs inside a multi handle of its own: that is what libcurl does for an easy transfer anyway, and it
/// lets us look at `Call::cancelled` while waiting. Nothing is shared with other handles.
class Handle {
 public:
  /// Borrows the settings. Throws `std::bad_alloc`.
  Handle(std::string_view origin, Host host, const Settings& settings);
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() = default;

  const Host& host() const noexcept { return transfer_.host(); }
  const std::string& origin() const noexcept { return transfer_.origin(); }

  /// Sends a request that has passed `checkRequest`, a second time if the kept connection turns out to be closed.
  /// Throws `std::bad_alloc`, and what `Call::cancelled` throws.
  Result<Response> send(const Request& request, const Call& call, const UrlParts& parts);
  /// Whether another exchange may follow one that ended so.
  bool mayBeKept(const Result<Response>& outcome) const noexcept { return transfer_.mayBeKept(outcome); }
  /// Overwrites what it knows of the last request.
  void release() noexcept { static_cast<void>(transfer_.release()); }

 private:
  class MultiDeleter {
   public:
    explicit MultiDeleter(bool usesTls) noexcept : usesTls_(usesTls) {}
    void operator()(CURLM* multi) const noexcept;

   private:
    bool usesTls_;
  };

  Result<Response> sendOnce(const Call& call);
  std::optional<CURLcode> perform(const Call& call);

  Transfer transfer_;
  /// Holds the connection.
  std::unique_ptr<CURLM, MultiDeleter> multi_;
};

/// Last in, first out, so that few connections stay warm and the rest age. Thread-safe.
class HandlePool {
 public:
  /// Borrows the settings.
  explicit HandlePool(const Settings& settings) noexcept : settings_(settings) {}

  /// The handle that served `origin` last, or a new one. `Errc::invalidRequest` for a host that must not be asked.
  /// Throws `std::bad_alloc`.
  Result<std::unique_ptr<Handle>> take(std::string_view origin, bool allowInsecureHttp);

  /// Takes a handle back after a whole exchange; drops the one that has been idle longest when there are too many.
  void give(std::unique_ptr<Handle> handle);

 private:
  std::unique_ptr<Handle> takeIdle(std::string_view origin);

  const Settings& settings_;
  std::mutex mutex_;
  /// Longest idle first.
  std::vector<std::unique_ptr<Handle>> idle_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
