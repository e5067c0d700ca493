/// What the fake servers share: reading requests, recording them, prescribed responses and delays.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// The parts of a URL.
struct Target {
  /// `https://host[:port]`; empty where the URL is a path with its query.
  std::string_view origin;
  std::string_view path;
  /// Without the question mark.
  std::string_view query;
};

Target targetOf(std::string_view url) noexcept;

/// The value of the first parameter of that name, as it stands.
std::optional<std::string_view> queryParameter(std::string_view query, std::string_view name) noexcept;

/// The value of the first header of that name.
std::optional<std::string_view> headerOf(const http::Request& request, std::string_view name) noexcept;

/// The token of `Authorization: Bearer ...`; nullopt when there is none.
std::optional<std::string_view> bearerOf(const http::Request& request) noexcept;

/// The string of that name in a body that is a JSON object.
std::optional<std::string> bodyMember(const std::string& body, const char* name);

/// nullopt when an escape is malformed, or what is escaped is not UTF-8.
std::optional<std::string> percentDecode(std::string_view text);

/// The parameters of a query, decoded; nullopt as above.
std::optional<std::vector<std::pair<std::string, std::string>>> readQuery(std::string_view query);

/// Thread-safe.
class FakeServer {
 public:
  /// Guards what else the fake remembers. Nothing below may be called meanwhile.
  std::unique_lock<std::mutex> lock() const { return std::unique_lock(mutex_); }

  void answerNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times);
  void delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times);
  /// Forgets what is left of both.
  void clear();

  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;

  /// The first ordered answer that is meant for the request, or `answer()`, which is called under the lock; when the
  /// first delay that is meant for it is over, and as it would arrive under the conditions of the call. An exception
  /// becomes `Errc::internal`.
  Result<http::Response> send(const http::Request& request, const http::Call& call,
                              const std::function<http::Response()>& answer);

 private:
  template <class T>
  struct Order {
    std::string pathPrefix;
    T what;
    std::size_t times = 1;
  };
  template <class T>
  using Orders = std::vector<Order<T>>;

  template <class T>
  void add(Orders<T>& orders, Order<T> order);
  template <class T>
  static std::optional<T> take(Orders<T>& orders, std::string_view path);

  mutable std::mutex mutex_;
  Orders<Result<http::Response>> answers_;
  Orders<std::chrono::milliseconds> delays_;
  std::vector<http::Request> requests_;
};

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
