/// What the fakes of the vendors have in common: they record, fail when they are told to, and keep to the call.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Thread-safe.
class FakePeer {
 public:
  /// Guards what else the fake remembers. Nothing below may be called meanwhile.
  std::unique_lock<std::mutex> lock() const { return std::unique_lock(mutex_); }

  void failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times);
  void clearFaults();

  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;

  /// The first fault that is meant for the request, or `answer()`, which is called under the lock; as it would arrive
  /// under the conditions of the call. An exception becomes `Errc::internal`.
  Result<http::Response> send(const http::Request& request, const http::Call& call,
                              const std::function<http::Response()>& answer);

 private:
  struct Fault {
    std::string pathPrefix;
    Result<http::Response> answer;
    std::size_t times;
  };

  std::optional<Result<http::Response>> takeFault(std::string_view path);

  mutable std::mutex mutex_;
  std::vector<Fault> faults_;
  std::vector<http::Request> requests_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
