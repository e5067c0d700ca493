#include <liveblocks/core/cancellation.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

struct CancellationState {
  std::atomic<bool> isCancelled{false};
  std::mutex mutex;
  std::uint64_t lastId = 0;
  std::map<std::uint64_t, std::function<void()>> callbacks;
};

}  // namespace detail

CancellationRegistration::CancellationRegistration() noexcept = default;

CancellationRegistration::CancellationRegistration(std::shared_ptr<detail::CancellationState> state,
                                                   std::uint64_t id) noexcept
    : state_(std::move(state)), id_(id) {}

CancellationRegistration::CancellationRegistration(CancellationRegistration&& other) noexcept
    : state_(std::move(other.state_)), id_(other.id_) {}

CancellationRegistration& CancellationRegistration::operator=(CancellationRegistration&& other) noexcept {
  std::swap(state_, other.state_);
  std::swap(id_, other.id_);
  return *this;
}

CancellationRegistration::~CancellationRegistration() {
  if (!state_) return;
  std::function<void()> removed;  // Destroyed after the lock has been released.
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->callbacks.find(id_);
  if (found == state_->callbacks.end()) return;
  removed = std::move(found->second);
  state_->callbacks.erase(found);
}

CancellationToken::CancellationToken() noexcept = default;

CancellationToken::CancellationToken(std::shared_ptr<detail::CancellationState> state) noexcept
    : state_(std::move(state)) {}

bool CancellationToken::isCancelled() const noexcept { return state_ && state_->isCancelled; }

bool CancellationToken::canBeCancelled() const noexcept { return state_ != nullptr; }

CancellationRegistration CancellationToken::onCancelled(std::function<void()> callback) const {
  if (!state_) return {};
  {
    const std::lock_guard lock(state_->mutex);
    if (!state_->isCancelled) {
      state_->callbacks.emplace(++state_->lastId, std::move(callback));
      return CancellationRegistration(state_, state_->lastId);
    }
  }
  callback();
  return {};
}

CancellationSource::CancellationSource() : state_(std::make_shared<detail::CancellationState>()) {}

void CancellationSource::cancel() const noexcept {
  std::map<std::uint64_t, std::function<void()>> callbacks;
  {
    const std::lock_guard lock(state_->mutex);
    state_->isCancelled = true;
    callbacks.swap(state_->callbacks);
  }
  for (const auto& [id, callback] : callbacks) callback();
}

CancellationToken CancellationSource::token() const noexcept { return CancellationToken(state_); }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
