/// What the fakes share: reading requests, recording them, prescribed responses, delays, asynchronous exchanges.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/scheduler.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// The parts of a URL.
struct Target {
  /// `https://host[:port]`; empty if the URL is only a path and a query.
  std::string_view origin;
  std::string_view path;
  /// Without the question mark.
  std::string_view query;
};

Target targetOf(std::string_view url) noexcept;

/// Returns the value of the first parameter with that name, still encoded.
std::optional<std::string_view> queryParameter(std::string_view query, std::string_view name) noexcept;

/// Returns the value of the first header with that name.
std::optional<std::string_view> headerOf(const http::Request& request, std::string_view name) noexcept;

/// Returns the token of `Authorization: Bearer ...`; nullopt if there is none.
std::optional<std::string_view> bearerOf(const http::Request& request) noexcept;

/// Returns the string member with that name if the body is a JSON object.
std::optional<std::string> bodyMember(const std::string& body, const char* name);

/// Returns nullopt for a malformed escape and for a result that is not UTF-8.
std::optional<std::string> percentDecode(std::string_view text);

/// Returns the decoded parameters of a query; nullopt as for `percentDecode()`.
std::optional<std::vector<std::pair<std::string, std::string>>> readQuery(std::string_view query);

/// Records requests, and overrides or delays responses as a test prescribes. Thread-safe.
class FakeServer {
 public:
  /// Guards the other state of the fake. No other member may be called while it is held.
  std::unique_lock<std::mutex> lock() const { return std::unique_lock(mutex_); }

  void respondNext(std::string pathPrefix, Result<http::Response> response, std::size_t times);
  void delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times);
  /// Removes all prescribed responses and delays.
  void clear();

  void setScheduler(std::shared_ptr<http::Scheduler> scheduler);
  std::shared_ptr<http::Scheduler> scheduler() const;

  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;

  /// Returns the first prescribed response that matches the request, otherwise that of `respond()`, which is called
  /// under the lock. Applies the first matching delay, and the deadline, cancellation and `maxBody` of the call. An
  /// exception becomes `Errc::internal`.
  Result<http::Response> send(const http::Request& request, const http::Call& call,
                              const std::function<http::Response()>& respond);

  /// The same without blocking: completes on the scheduler. False without one.
  bool start(http::Request& request, const http::Call& call, http::Transport::Completion& done,
             const std::function<http::Response()>& respond);

 private:
  struct Reply {
    Result<http::Response> response;
    std::chrono::milliseconds delay{0};
  };

  Reply replyTo(const http::Request& request, const http::Call& call, const std::function<http::Response()>& respond);

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
  Orders<Result<http::Response>> responses_;
  Orders<std::chrono::milliseconds> delays_;
  std::vector<http::Request> requests_;
  std::shared_ptr<http::Scheduler> scheduler_;
};

/// Completes an exchange on the scheduler: with that outcome at that time, sooner with `Errc::timeout` at the deadline
/// of the call or with `Errc::cancelled` after its cancellation. Takes `done`, unless it throws `std::bad_alloc`.
void completeAt(Deadline when, Result<http::Response> outcome, const http::Call& call,
                http::Transport::Completion& done, const std::shared_ptr<http::Scheduler>& scheduler);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
