/// @file
/// Asynchronous calls for those who wait for their outcome: what coroutines and the tokens of Asio have in common.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// A call that has begun. Its outcome and who waits for it come on any threads, in any order.
template <class T>
class PendingCall {
 public:
  /// Takes the outcome. Called once.
  void complete(T outcome) {
    outcome_.emplace(std::move(outcome));
    if (phase_.exchange(Phase::completed, std::memory_order_acq_rel) != Phase::awaited) return;
    // What is notified may destroy this object.
    const auto notify = std::move(notify_);
    notify();
  }

  /// Arranges for `notify` to be called by the call's thread when there is an outcome. False: there is one already, and
  /// nothing is called. Called at most once.
  bool await(std::function<void()> notify) {
    notify_ = std::move(notify);
    Phase expected = Phase::running;
    if (phase_.compare_exchange_strong(expected, Phase::awaited, std::memory_order_acq_rel)) return true;
    notify_ = nullptr;
    return false;
  }

  bool isCompleted() const noexcept { return phase_.load(std::memory_order_acquire) == Phase::completed; }

  /// Nobody waits any more: nothing is called from now on.
  void abandon() noexcept {
    Phase expected = Phase::awaited;
    phase_.compare_exchange_strong(expected, Phase::running, std::memory_order_acq_rel);
  }

  /// The outcome, once there is one.
  T take() { return *std::move(outcome_); }

 private:
  enum class Phase { running, awaited, completed };

  std::atomic<Phase> phase_{Phase::running};
  std::optional<T> outcome_;
  std::function<void()> notify_;
};

/// The callback that completes a call.
template <class T>
Callback<T> callbackOf(std::shared_ptr<PendingCall<T>> call) {
  return [call = std::move(call)](T outcome) { call->complete(std::move(outcome)); };
}

/// The type of the outcome by the parameters of an asynchronous method: `..., Callback<T>, const AsyncOptions&`.
template <class... Parameters>
struct OutcomeOf;
template <class T>
struct OutcomeOf<Callback<T>, const AsyncOptions&> {
  using Type = T;
};
template <class First, class... Rest>
struct OutcomeOf<First, Rest...> : OutcomeOf<Rest...> {};

template <class Method>
struct AsyncMethod {
  static_assert(sizeof(Method) == 0, "pass an asynchronous method, such as &liveblocks::Liveblocks::getRoomAsync");
};
template <class Object, class... Parameters>
struct AsyncMethod<void (Object::*)(Parameters...)> {
  using Outcome = typename OutcomeOf<Parameters...>::Type;
  /// How many arguments stand before the callback.
  static constexpr std::size_t argumentCount = sizeof...(Parameters) - 2;
};
template <class Object, class... Parameters>
struct AsyncMethod<void (Object::*)(Parameters...) const> : AsyncMethod<void (Object::*)(Parameters...)> {};

/// Begins a call with the first of these references to arguments.
template <auto Method, class Object, class References, class T, std::size_t... Index>
void begin(Object& object, const References& arguments, Callback<T> done, const AsyncOptions& options,
           std::index_sequence<Index...>) {
  std::invoke(Method, object, static_cast<std::tuple_element_t<Index, References>>(std::get<Index>(arguments))...,
              std::move(done), options);
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
