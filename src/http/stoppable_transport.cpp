#include <liveblocks/http/stoppable_transport.hpp>

#include <atomic>
#include <stdexcept>
#include <utility>

#include "core/errors.hpp"
#include "http/delivery.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

Error stoppedError() { return {Errc::cancelled, "the transport was stopped"}; }

}  // namespace

struct StoppableTransport::State {
  using Flag = std::atomic<bool>;
  static_assert(Flag::is_always_lock_free, "signal handlers may set it");

  std::shared_ptr<Transport> inner;
  /// Shared with the calls in flight, which may outlive the transport. They do not hold `inner`: the last of them would
  /// destroy it on a thread of its own.
  std::shared_ptr<Flag> stopped = std::make_shared<Flag>(false);

  /// The call with one more reason to be cancelled.
  Call stoppable(const Call& call) const {
    Call result = call;
    result.cancelled = [flag = stopped, other = call.cancelled] { return flag->load() || (other && other()); };
    return result;
  }
};

StoppableTransport::StoppableTransport(std::shared_ptr<Transport> inner)
    : state_(std::make_shared<State>(State{std::move(inner)})) {
  if (!state_->inner) throw std::invalid_argument("StoppableTransport needs a transport to stand in front of");
}

StoppableTransport::~StoppableTransport() = default;

void StoppableTransport::stop() noexcept { *state_->stopped = true; }

bool StoppableTransport::isStopped() const noexcept { return *state_->stopped || state_->inner->isStopped(); }

Result<Response> StoppableTransport::send(const Request& request, const Call& call) {
  try {
    return *state_->stopped ? stoppedError() : state_->inner->send(request, state_->stoppable(call));
  } catch (...) {
    return errors::internal();
  }
}

bool StoppableTransport::start(Request& request, const Call& call, Completion& done) {
  if (!*state_->stopped) return state_->inner->start(request, state_->stoppable(call), done);
  const std::shared_ptr<Scheduler> scheduler = state_->inner->scheduler();
  if (!scheduler) return false;
  detail::wipe(request);
  detail::runOn(scheduler.get(), [taken = std::exchange(done, {})] { taken(stoppedError()); });
  return true;
}

std::shared_ptr<Scheduler> StoppableTransport::scheduler() const { return state_->inner->scheduler(); }

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
