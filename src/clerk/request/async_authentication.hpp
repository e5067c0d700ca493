/// Authentication without blocking.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/http/request_view.hpp>

#include "clerk/request/context.hpp"
#include "clerk/request/resources.hpp"
#include "clerk/request/setup.hpp"
#include "http/parked_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// Authenticates one request, in passes: each goes as far as what is known allows, and the next begins once what was
/// missing has been obtained. Usually the keys are there, and one pass is enough.
///
/// Owns the request, and is kept alive by what it waits for.
class AsyncAuthentication : public std::enable_shared_from_this<AsyncAuthentication> {
 public:
  AsyncAuthentication(std::shared_ptr<const RequestSetup> setup, http::ReceivedRequest request,
                      http::detail::AsyncWait wait) noexcept;
  AsyncAuthentication(const AsyncAuthentication&) = delete;
  AsyncAuthentication& operator=(const AsyncAuthentication&) = delete;
  virtual ~AsyncAuthentication();

  /// Comes to its end in `conclude()` or `fail()`, within this call if nothing is missing.
  void run() noexcept;

 protected:
  /// The end of the last pass. May throw as long as it has delivered nothing.
  virtual void conclude(const RequestContext& context, RequestState state) = 0;

  /// Instead of that, after an unexpected exception. Memory may be what is missing.
  virtual void fail() noexcept = 0;

  const RequestSetup& setup() const noexcept { return *setup_; }
  const http::Transport* transport() const noexcept { return wait_.transport.get(); }

 private:
  /// Does `work`, after which the call goes on.
  template <class F>
  void guarded(const F& work) noexcept;
  void pass();
  void obtain(const KnownResources::MissingKey& missing);
  void obtain(const KnownResources::MissingToken& missing);
  void obtain(const KnownResources::MissingHandshake& missing);
  void obtain(std::monostate) const noexcept {}

  const std::shared_ptr<const RequestSetup> setup_;
  const http::ReceivedRequest request_;
  const http::detail::AsyncWait wait_;
  KnownResources resources_;
  /// The time of the first pass.
  std::optional<std::chrono::system_clock::time_point> now_;
};

/// How the calls of an authenticator wait. The default deadline is that of the blocking calls.
http::detail::AsyncWait waitOf(const RequestSetup& setup, const AsyncOptions& options);

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
