/// @file
/// A transport without a network. Part of the target `liveblocks::testing`.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Returns scripted responses and records the requests. Thread-safe.
class LIVEBLOCKS_EXPORT FakeTransport : public http::Transport {
 public:
  /// Returns the response to a request.
  using Handler = std::function<Result<http::Response>(const http::Request& request, const http::Call& call)>;

  /// Returns `Errc::connect` for every request until a response or a handler is set.
  FakeTransport();
  /// Calls `setHandler()`.
  explicit FakeTransport(Handler handler);
  ~FakeTransport() override;

  /// Adds a response to the script, which is used before the handler.
  void push(Result<http::Response> response);
  /// Adds a response with a JSON body.
  void pushJson(int status, std::string body);
  /// Sets the handler for requests after the script has ended.
  void setHandler(Handler handler);

  /// Makes the transport asynchronous: from now on `start()` works, and its exchanges complete on this scheduler, such
  /// as a `ManualScheduler`. Null: it can only block, as before.
  void setScheduler(std::shared_ptr<http::Scheduler> scheduler);

  /// @{
  /// The requests so far, in order.
  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;
  /// @}

  /// Never throws: an exception of the handler becomes `Errc::internal`.
  Result<http::Response> send(const http::Request& request, const http::Call& call) override;
  /// With a scheduler: gets the response at once as `send()` does, and hands it over in a task. A call that was
  /// cancelled meanwhile ends with `Errc::cancelled`.
  bool start(http::Request& request, const http::Call& call, Completion& done) override;
  std::shared_ptr<http::Scheduler> scheduler() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A response with `Content-Type: application/json`.
LIVEBLOCKS_EXPORT http::Response jsonResponse(int status, std::string body);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
