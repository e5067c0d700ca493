#include <liveblocks/http/loop_thread.hpp>

#include <csignal>
#include <thread>

#include "http/loop_thread/worker.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

/// Blocks all signals in this thread for a while. A thread that is started meanwhile inherits that, and keeps it.
class SignalsBlocked {
 public:
  SignalsBlocked() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

 private:
  sigset_t previous_{};
};

}  // namespace

struct LoopThread::State {
  std::shared_ptr<loop_thread::Worker> worker = std::make_shared<loop_thread::Worker>();
  std::thread thread;
};

LoopThread::LoopThread() : state_(std::make_shared<State>()) {
  const SignalsBlocked blocked;
  state_->thread = std::thread([worker = state_->worker] { worker->run(); });
}

LoopThread::~LoopThread() {
  state_->worker->end();
  if (state_->worker->isThisThread()) {
    state_->thread.detach();
  } else {
    state_->thread.join();
  }
}

std::shared_ptr<EventLoop> LoopThread::makeLoop() { return state_->worker->makeLoop(); }

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
