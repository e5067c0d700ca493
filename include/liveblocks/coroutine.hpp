/// @file
/// Asynchronous calls in coroutines of C++20, with any task type. See docs/async.md.
#pragma once

#if !defined(__cpp_impl_coroutine)
#error "liveblocks/coroutine.hpp needs a compiler with coroutines: C++20, or -fcoroutines"
#endif

#include <coroutine>
#include <cstddef>
#include <memory>
#include <tuple>
#include <utility>

#include <liveblocks/core/async_call.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// A call that has begun, for `co_await`, once. Resumes the coroutine where a callback would run: on the thread of the
/// transport's loop or through `AsyncOptions::executor`; with an outcome that is there already, it does not suspend.
/// If it is destroyed before, as with its coroutine, the call goes on and its outcome is discarded; to do so while
/// another thread may resume the coroutine is a race.
template <class T>
class [[nodiscard]] PendingOutcome {
 public:
  /// Made by `call()`.
  explicit PendingOutcome(std::shared_ptr<detail::PendingCall<T>> call) noexcept : call_(std::move(call)) {}
  /// The source of the move must not be awaited any more.
  PendingOutcome(PendingOutcome&&) noexcept = default;
  PendingOutcome& operator=(PendingOutcome&&) = delete;
  ~PendingOutcome() {
    if (call_) call_->abandon();
  }

  /// @{
  /// What `co_await` uses.
  bool await_ready() const noexcept { return call_->isCompleted(); }
  bool await_suspend(std::coroutine_handle<> coroutine) {
    return call_->await([coroutine] { coroutine.resume(); });
  }
  T await_resume() { return call_->take(); }
  /// @}

 private:
  std::shared_ptr<detail::PendingCall<T>> call_;
};

/// Begins an asynchronous call, whose outcome `co_await` returns:
///
///     liveblocks::AuthResponse response = co_await liveblocks::call<&liveblocks::Session::authorizeAsync>(session);
///
/// The arguments are those of the method without its callback; the `AsyncOptions` may be left out. Throws what the
/// method throws, for misuse.
template <auto Method, class Object, class... Arguments>
PendingOutcome<typename detail::AsyncMethod<decltype(Method)>::Outcome> call(Object&& object,
                                                                             Arguments&&... arguments) {
  using Traits = detail::AsyncMethod<decltype(Method)>;
  constexpr std::size_t count = Traits::argumentCount;
  static_assert(sizeof...(Arguments) == count || sizeof...(Arguments) == count + 1,
                "the arguments are those of the method without its callback, and optionally AsyncOptions");
  const auto pending = std::make_shared<detail::PendingCall<typename Traits::Outcome>>();
  const auto all = std::forward_as_tuple(std::forward<Arguments>(arguments)...);
  AsyncOptions options;
  if constexpr (sizeof...(Arguments) > count) options = std::get<count>(all);
  detail::begin<Method>(object, all, detail::callbackOf(pending), options, std::make_index_sequence<count>());
  return PendingOutcome<typename Traits::Outcome>(pending);
}

/// Begins an operation that `start` gives a `Callback<T>` to. For methods that are overloaded, and for your own
/// operations:
///
///     const int sum = co_await liveblocks::call<int>([&](liveblocks::Callback<int> done) { pool.add(1, 2, done); });
template <class T, class Start>
PendingOutcome<T> call(Start&& start) {
  const auto pending = std::make_shared<detail::PendingCall<T>>();
  std::forward<Start>(start)(detail::callbackOf(pending));
  return PendingOutcome<T>(pending);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
