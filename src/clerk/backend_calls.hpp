/// Calls of any endpoint of Clerk's Backend API, in both forms.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/api_call.hpp>
#include <liveblocks/http/transport.hpp>

#include "core/event_sink.hpp"
#include "core/logging.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// What the calls of a client share. They keep it alive, so that the transport may destroy the last copy of the client
/// meanwhile.
class BackendCalls {
 public:
  /// Throws `std::invalid_argument` for invalid options. There must be a secret key and a transport.
  BackendCalls(const ClientOptions& options, std::shared_ptr<http::Transport> transport);

  /// Makes the call. `self` is copied.
  static Result<http::ApiResponse> perform(const std::shared_ptr<const BackendCalls>& self, const http::ApiCall& call,
                                           std::optional<Deadline> deadline);

  /// The asynchronous twin, which throws `std::invalid_argument` for an empty callback.
  static void start(const std::shared_ptr<const BackendCalls>& self, const http::ApiCall& call,
                    Callback<Result<http::ApiResponse>> done, const AsyncOptions& options);

 private:
  struct Exchange;
  struct Reading;

  http::Request requestFor(const http::ApiCall& call, const std::string& target) const;
  static Result<Exchange> prepare(const std::shared_ptr<const BackendCalls>& self, const http::ApiCall& call,
                                  std::optional<Deadline> deadline);
  /// The error for a status other than a success. Logs what the host should know.
  Error failed(const std::string& name, const http::Response& response) const;

  Secret secretKey_;
  std::string apiUrl_;
  std::chrono::milliseconds timeout_;
  bool retry_;
  std::shared_ptr<const Clock> clock_;
  Log log_;
  /// May be null.
  liveblocks::detail::EventSinkPointer events_;
  std::shared_ptr<http::Transport> transport_;
  std::unique_ptr<logging::OutageLog> outage_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
