/// @file
/// Asynchronous calls as operations of Asio, with its completion tokens. Header-only.
#pragma once

#include <liveblocks/adapters/asio_library.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include <liveblocks/core/async_call.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {
inline namespace LIVEBLOCKS_ASIO_NAMESPACE {

using liveblocks::detail::PendingCall;

/// Cancels a call for its own token or for Asio.
class Cancellation {
 public:
  /// Replaces the token by one that is cancelled with it.
  explicit Cancellation(CancellationToken& token) {
    if (token.canBeCancelled()) linked_ = token.onCancelled([source = source_] { source.cancel(); });
    token = source_.token();
  }

#if LIVEBLOCKS_ASIO_VERSION >= 101900
  /// Connects the slot of the handler. What has been sent may have effects, so `total` cancels nothing.
  template <class Handler>
  void connect(const Handler& handler) const {
    auto slot = net::get_associated_cancellation_slot(handler);
    if (!slot.is_connected()) return;
    slot.assign([source = source_](net::cancellation_type type) {
      const auto supported = net::cancellation_type::terminal | net::cancellation_type::partial;
      if ((type & supported) != net::cancellation_type::none) source.cancel();
    });
  }

  template <class Handler>
  static void disconnect(const Handler& handler) {
    auto slot = net::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) slot.clear();
  }
#else
  template <class Handler>
  void connect(const Handler&) const {}
  template <class Handler>
  static void disconnect(const Handler&) {}
#endif

 private:
  CancellationSource source_;
  CancellationRegistration linked_;
};

/// Hands the outcome of a call to a handler, on the executor of the handler, which it keeps busy until then.
template <class T, class Handler>
class Delivery : public std::enable_shared_from_this<Delivery<T, Handler>> {
 public:
  Delivery(Handler handler, std::shared_ptr<PendingCall<T>> call, std::shared_ptr<Cancellation> cancellation)
      : handler_(std::move(handler)),
        executor_(net::prefer(net::get_associated_executor(handler_), net::execution::outstanding_work.tracked)),
        call_(std::move(call)),
        cancellation_(std::move(cancellation)) {}

  /// Never calls the handler.
  void begin() {
    cancellation_->connect(handler_);
    const bool isAwaited = call_->await(
        [self = this->shared_from_this()] { net::dispatch(self->executor_, [self] { self->deliver(); }); });
    if (!isAwaited) net::post(executor_, [self = this->shared_from_this()] { self->deliver(); });
  }

 private:
  using Executor = std::decay_t<decltype(net::prefer(net::get_associated_executor(std::declval<const Handler&>()),
                                                     net::execution::outstanding_work.tracked))>;

  void deliver() {
    Cancellation::disconnect(handler_);
    Handler handler = std::move(handler_);
    std::move(handler)(call_->take());
  }

  Handler handler_;
  Executor executor_;
  std::shared_ptr<PendingCall<T>> call_;
  std::shared_ptr<Cancellation> cancellation_;
};

/// A call that has begun becomes what the token makes of it.
template <class T, class Token>
auto complete(std::shared_ptr<PendingCall<T>> call, std::shared_ptr<Cancellation> cancellation, Token&& token) {
  return net::async_initiate<Token, void(T)>(
      [](auto&& handler, auto begun, auto canceller) {
        using Handler = std::decay_t<decltype(handler)>;
        static_assert(!std::is_same_v<net::associated_executor_t<Handler>, net::system_executor>,
                      "bind an executor to the handler, or pass it to the asynchronous method itself");
        std::make_shared<Delivery<T, Handler>>(std::forward<decltype(handler)>(handler), std::move(begun),
                                               std::move(canceller))
            ->begin();
      },
      token, std::move(call), std::move(cancellation));
}

}  // namespace LIVEBLOCKS_ASIO_NAMESPACE
}  // namespace detail

/// Begins an asynchronous call as an operation of Asio, with any completion token:
///
///     namespace adapters = liveblocks::adapters;
///     auto response = co_await adapters::call<&liveblocks::Session::authorizeAsync>(session, asio::use_awaitable);
///     auto future = adapters::call<&liveblocks::AuthEndpoint::handleAsync>(endpoint, request, asio::use_future);
///
/// The arguments are those of the method without its callback, then the token; `AsyncOptions` may stand before it. The
/// signature is `void(T)`, as that of the callback. The call begins at once, whatever the token, and throws what the
/// method throws, for misuse. The handler runs on its associated executor, whose context must outlive the call and is
/// kept running until then. Since Boost 1.77 the operation can be cancelled (`terminal`, `partial`). A handler without
/// an executor is refused: bind one, or pass it to the method itself. `yield_context` needs Boost 1.80 or a `T` with a
/// default constructor.
template <auto Method, class Object, class... ArgumentsAndToken>
auto call(Object&& object, ArgumentsAndToken&&... argumentsAndToken) {
  using Traits = liveblocks::detail::AsyncMethod<decltype(Method)>;
  constexpr std::size_t count = Traits::argumentCount;
  constexpr std::size_t given = sizeof...(ArgumentsAndToken);
  static_assert(given == count + 1 || given == count + 2,
                "the arguments are those of the method without its callback, optionally AsyncOptions, and the token");
  using References = std::tuple<ArgumentsAndToken&&...>;
  const References all(std::forward<ArgumentsAndToken>(argumentsAndToken)...);
  AsyncOptions options;
  if constexpr (given == count + 2) options = std::get<count>(all);
  auto cancellation = std::make_shared<detail::Cancellation>(options.cancellation);
  auto pending = std::make_shared<liveblocks::detail::PendingCall<typename Traits::Outcome>>();
  liveblocks::detail::begin<Method>(object, all, liveblocks::detail::callbackOf(pending), options,
                                    std::make_index_sequence<count>());
  using Token = std::tuple_element_t<given - 1, References>;
  return detail::complete(std::move(pending), std::move(cancellation), static_cast<Token>(std::get<given - 1>(all)));
}

/// As above, for methods that are overloaded and for your own operations: `start` is given the callback and the
/// options.
///
///     auto room = co_await adapters::call<liveblocks::Result<liveblocks::Room>>(
///         [&](auto done, const auto& options) { client.getRoomAsync("lobby", done, options); }, asio::use_awaitable);
template <class T, class Start, class Token>
auto call(Start&& start, Token&& token) {
  AsyncOptions options;
  auto cancellation = std::make_shared<detail::Cancellation>(options.cancellation);
  auto pending = std::make_shared<liveblocks::detail::PendingCall<T>>();
  std::forward<Start>(start)(liveblocks::detail::callbackOf(pending), std::as_const(options));
  return detail::complete(std::move(pending), std::move(cancellation), std::forward<Token>(token));
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
