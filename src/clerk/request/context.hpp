/// One request on its way through the authenticator.
#pragma once

#include <chrono>
#include <optional>

#include "clerk/request/cookie_choice.hpp"
#include "clerk/request/received.hpp"
#include "clerk/request/setup.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// What is needed of the request; what costs something is worked out when it is asked for first. Borrows the setup and
/// the request. Not thread-safe.
class RequestContext {
 public:
  RequestContext(const RequestSetup& setup, const http::RequestView& request, Deadline deadline)
      : setup_(setup),
        received_(receive(request, setup.cookieSuffix())),
        now_(setup.judge.clock().wall()),
        deadline_(deadline) {}

  const RequestSetup& setup() const noexcept { return setup_; }
  const ReceivedRequest& received() const noexcept { return received_; }
  std::chrono::system_clock::time_point now() const noexcept { return now_; }
  Deadline deadline() const noexcept { return deadline_; }

  /// Only where there are not too many.
  const ChosenCookies& cookies() const {
    if (!cookies_) cookies_ = ChosenCookies::of(received_.cookies, setup_, now_);
    return *cookies_;
  }

 private:
  const RequestSetup& setup_;
  const ReceivedRequest received_;
  const std::chrono::system_clock::time_point now_;
  const Deadline deadline_;
  mutable std::optional<ChosenCookies> cookies_;
};

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
