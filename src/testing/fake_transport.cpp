#include <liveblocks/testing/fake_transport.hpp>

#include <deque>
#include <mutex>
#include <utility>

#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

Result<http::Response> refuseConnection(const http::Request&, const http::Call&) {
  return Error{Errc::connect, "the fake transport has no response for this request"};
}

}  // namespace

struct FakeTransport::State {
  std::mutex mutex;
  std::deque<Result<http::Response>> script;
  std::vector<http::Request> requests;
  Handler handler;
  std::shared_ptr<http::Scheduler> scheduler;
};

FakeTransport::FakeTransport() : FakeTransport(refuseConnection) {}

FakeTransport::FakeTransport(Handler handler) : state_(std::make_unique<State>()) {
  state_->handler = std::move(handler);
}

FakeTransport::~FakeTransport() = default;

void FakeTransport::push(Result<http::Response> response) {
  const std::lock_guard lock(state_->mutex);
  state_->script.push_back(std::move(response));
}

void FakeTransport::pushJson(int status, std::string body) { push(jsonResponse(status, std::move(body))); }

void FakeTransport::setHandler(Handler handler) {
  const std::lock_guard lock(state_->mutex);
  state_->handler = std::move(handler);
}

void FakeTransport::setScheduler(std::shared_ptr<http::Scheduler> scheduler) {
  const std::lock_guard lock(state_->mutex);
  state_->scheduler = std::move(scheduler);
}

std::shared_ptr<http::Scheduler> FakeTransport::scheduler() const {
  const std::lock_guard lock(state_->mutex);
  return state_->scheduler;
}

std::vector<http::Request> FakeTransport::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

std::size_t FakeTransport::requestCount() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests.size();
}

Result<http::Response> FakeTransport::send(const http::Request& request, const http::Call& call) {
  Handler handler;
  {
    const std::lock_guard lock(state_->mutex);
    state_->requests.push_back(request);
    if (!state_->script.empty()) {
      Result<http::Response> response = std::move(state_->script.front());
      state_->script.pop_front();
      return response;
    }
    handler = state_->handler;
  }
  try {
    return handler(request, call);
  } catch (...) {
    return Error{Errc::internal, "the fake transport's handler threw"};
  }
}

bool FakeTransport::start(http::Request& request, const http::Call& call, Completion& done) {
  const std::shared_ptr<http::Scheduler> on = scheduler();
  if (!on) return false;
  completeAt(on->now(), send(request, call), call, done, on);
  request = {};
  return true;
}

http::Response jsonResponse(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
