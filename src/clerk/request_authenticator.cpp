#include <liveblocks/clerk/request_authenticator.hpp>

#include <memory>
#include <optional>
#include <utility>

#include "clerk/key_source.hpp"
#include "clerk/request/async_authentication.hpp"
#include "clerk/request/authentication.hpp"
#include "clerk/request/setup.hpp"
#include "clerk/verifier_options.hpp"
#include "core/errors.hpp"
#include "core/logging.hpp"
#include "http/delivery.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

using StateDelivery = http::detail::Delivery<RequestState>;

class DeliveredState : public AsyncAuthentication {
 public:
  DeliveredState(std::shared_ptr<const RequestSetup> setup, http::ReceivedRequest request, http::detail::AsyncWait wait,
                 StateDelivery delivery) noexcept
      : AsyncAuthentication(std::move(setup), std::move(request), std::move(wait)), delivery_(std::move(delivery)) {}

 private:
  void conclude(const RequestContext&, RequestState state) override { delivery_.later(transport(), std::move(state)); }
  void fail() noexcept override { delivery_.later(transport(), RequestState(setup().unexpectedError)); }

  const StateDelivery delivery_;
};

}  // namespace

RequestAuthenticator::RequestAuthenticator(const KeySource& keys, const RequestAuthenticatorOptions& options,
                                           std::shared_ptr<http::Transport> transport)
    : state_(std::make_shared<const State>(*keys.state_, options, std::move(transport))) {}

// Each call keeps the state alive, so that the authenticator may be destroyed while another thread waits for keys.

RequestState RequestAuthenticator::authenticate(const http::RequestView& request,
                                                std::optional<Deadline> deadline) const {
  const auto state = state_;
  BlockingResources resources(*state, callDeadline(deadline));
  return detail::authenticate(RequestContext(*state, request, resources));
}

std::optional<RequestState> RequestAuthenticator::authenticateLocally(const http::RequestView& request) const {
  const auto state = state_;
  KnownResources resources(*state, std::nullopt);
  RequestState result = detail::authenticate(RequestContext(*state, request, resources));
  if (resources.isIncomplete()) return std::nullopt;
  resources.commit();
  return result;
}

void RequestAuthenticator::authenticateAsync(http::ReceivedRequest request, Callback<RequestState> done,
                                             const AsyncOptions& options) const {
  const auto state = state_;
  StateDelivery delivery(std::move(done), options.executor);
  std::make_shared<DeliveredState>(state, std::move(request), waitOf(*state, options), std::move(delivery))->run();
}

Result<void> RequestAuthenticator::refreshKeys(std::optional<Deadline> deadline) const {
  const auto state = state_;
  try {
    return state->verifier.keys().refresh(callDeadline(deadline));
  } catch (...) {
    logging::writeException(state->options.log, keysNotRefreshed);
    return errors::internal();
  }
}

void RequestAuthenticator::refreshKeysAsync(Callback<Result<void>> done, const AsyncOptions& options) const {
  const auto state = state_;
  detail::refreshKeysAsync(state->verifier.sharedKeys(), state->options.log, std::move(done), options);
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
