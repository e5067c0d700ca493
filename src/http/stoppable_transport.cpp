#include <liveblocks/http/stoppable_transport.hpp>

#include <atomic>
#include <stdexcept>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

Error stoppedError() { return {Errc::cancelled, "the transport was stopped"}; }

}  // namespace

/// Shared with the calls in flight, which may outlive the transport.
struct StoppableTransport::State {
  std::shared_ptr<Transport> inner;
  std::atomic<bool> stopped{false};
  static_assert(std::atomic<bool>::is_always_lock_free, "signal handlers may set the flag");
};

namespace {

/// The call with one more reason to be cancelled.
template <class State>
Call stoppable(const Call& call, const std::shared_ptr<State>& state) {
  Call result = call;
  result.cancelled = [state, inner = call.cancelled] { return state->stopped.load() || (inner && inner()); };
  return result;
}

}  // namespace

StoppableTransport::StoppableTransport(std::shared_ptr<Transport> inner) : state_(std::make_shared<State>()) {
  if (!inner) throw std::invalid_argument("StoppableTransport needs a transport to stand in front of");
  state_->inner = std::move(inner);
}

StoppableTransport::~StoppableTransport() = default;

void StoppableTransport::stop() noexcept { state_->stopped = true; }

bool StoppableTransport::isStopped() const noexcept { return state_->stopped || state_->inner->isStopped(); }

Result<Response> StoppableTransport::send(const Request& request, const Call& call) {
  if (state_->stopped) return stoppedError();
  try {
    return state_->inner->send(request, stoppable(call, state_));
  } catch (...) {
    return Error{Errc::internal, {}};
  }
}

bool StoppableTransport::start(Request& request, const Call& call, Completion& done) {
  if (!state_->stopped) return state_->inner->start(request, stoppable(call, state_), done);
  const Completion taken = std::exchange(done, {});
  taken(stoppedError());
  return true;
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
