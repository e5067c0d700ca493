#include "auth_endpoint/handling.hpp"

#include <optional>
#include <utility>

#include "auth_endpoint/arrival.hpp"
#include "auth_endpoint/responses.hpp"
#include "auth_endpoint/steps.hpp"
#include "http/delivery.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

Result<Caller> callerTooLate() { return Error{Errc::timeout, "the caller was not identified by the deadline"}; }

Decision decisionTooLate() { return Decision::unavailable("Access could not be decided in time"); }

/// The request that the steps look at, made before them.
struct Received {
  const http::ReceivedRequest received;
};

/// One step runs after the other: the first ones within the call, the others on the thread of the scheduler. Kept alive
/// by whatever it waits for.
class Handling : private Received, public EndpointSteps<Handling>, public std::enable_shared_from_this<Handling> {
 public:
  Handling(std::shared_ptr<const EndpointRules> rules, http::ReceivedRequest request,
           http::detail::Delivery<http::Response> delivery, const AsyncOptions& options)
      : Received{std::move(request)},
        EndpointSteps(std::move(rules), received.view(), options.deadline),
        delivery_(std::move(delivery)),
        cancellation_(options.cancellation) {
    if (const auto& transport = this->rules().transport()) scheduler_ = transport->scheduler();
  }

  void run() noexcept {
    guard([this] { begin(); });
  }

 private:
  friend class EndpointSteps<Handling>;

  template <class T>
  using Next = void (Handling::*)(T&);

  // What the steps need.

  void identify() {
    rules().requireTransport();
    if (!scheduler_) return issued({503, {}, Error{Errc::asyncUnsupported, "its transport can only block"}});
    if (!rules().identify().finishesLater()) return identified(rules().identify()(request().httpRequest, deadline()));
    ask(caller_, callerTooLate, &Handling::changeCaller,
        [this](Callback<Result<Caller>> done) { rules().identifyLater(request(), options(), std::move(done)); });
  }

  void changeCaller(Result<Caller>& caller) { identified(rules().changed(std::move(caller))); }

  void decide() {
    if (!rules().decide().finishesLater()) return decided(rules().decide()(request()));
    ask(decision_, decisionTooLate, &Handling::useDecision,
        [this](Callback<Decision> done) { rules().decide().callAsync(request(), std::move(done)); });
  }

  void useDecision(Decision& decision) { decided(decision); }

  void authorize(Session session) { session.authorizeAsync(tokenCallback(), options()); }

  void identifyUser() {
    rules().liveblocks().identifyUserAsync(EndpointRules::identityOf(request()), {request().caller.options.userInfo},
                                           tokenCallback(), options());
  }

  Callback<AuthResponse> tokenCallback() {
    return [self = shared_from_this()](AuthResponse response) {
      self->resume([&] { self->issued(std::move(response)); });
    };
  }

  void finish(http::Response response) noexcept {
    if (hasReturned_) return delivery_(std::move(response));
    delivery_.later(rules().transport().get(), std::move(response));
  }

  // How it waits.

  Deadline deadline() noexcept { return request().deadline; }
  AsyncOptions options() { return {deadline(), cancellation_}; }

  /// Runs a step. There is nobody to throw to.
  template <class Run>
  void guard(const Run& run) noexcept {
    std::optional<http::Response> failure;
    try {
      return run();
    } catch (...) {
      failure = responseToException();
    }
    finish(*std::move(failure));
  }

  http::Response responseToException() const noexcept {
    try {
      return rules().respondToException();
    } catch (...) {
      return {500, {}, {}};
    }
  }

  /// Goes on after the call has returned. A host that has cancelled needs no response, and the log no line.
  template <class Run>
  void resume(const Run& run) noexcept {
    hasReturned_ = true;
    guard([&] { cancellation_.isCancelled() ? finish(responses::unavailable()) : run(); });
  }

  /// Calls `question` with a callback that may be called on any thread, now, later, never or twice, and goes on with
  /// `next` when it is, or with `tooLate()` at the deadline.
  template <class T, class Question>
  void ask(Arrival<T>& arrival, T (*tooLate)(), Next<T> next, const Question& question) {
    try {
      question([self = shared_from_this(), &arrival, next](T value) { self->arrive(arrival, std::move(value), next); });
      if (!arrival.isThere()) watch(arrival, tooLate, next);
    } catch (...) {
      arrival.close();
      throw;
    }
    if (!arrival.leave()) goOn(arrival, next);
  }

  template <class T>
  void goOn(Arrival<T>& arrival, Next<T> next) {
    stopWatching();
    typename Arrival<T>::Value value = arrival.take();
    if (!value || cancellation_.isCancelled()) return finish(responses::unavailable());
    (this->*next)(*value);
  }

  template <class T>
  void watch(Arrival<T>& arrival, T (*tooLate)(), Next<T> next) {
    // It also keeps this alive: a callback may have been dropped.
    timer_ = scheduler_->runAt(deadline(), [self = shared_from_this(), &arrival, tooLate, next] {
      self->arrive(arrival, made(tooLate), next);
    });
    cancellationWatch_ = cancellation_.onCancelled([weak = weak_from_this(), &arrival, next] {
      if (const auto self = weak.lock()) self->arrive(arrival, std::nullopt, next);
    });
  }

  /// Nothing if memory is missing, which ends in a 503 as well.
  template <class T>
  static std::optional<T> made(T (*make)()) noexcept {
    try {
      return make();
    } catch (...) {
      return std::nullopt;
    }
  }

  void stopWatching() noexcept {
    if (timer_ != 0) scheduler_->cancel(std::exchange(timer_, 0));
    cancellationWatch_ = {};
  }

  /// Called on any thread.
  template <class T>
  void arrive(Arrival<T>& arrival, typename Arrival<T>::Value value, Next<T> next) noexcept {
    if (!arrival.bring(std::move(value))) return;
    try {
      scheduler_->post([self = shared_from_this(), &arrival, next] { self->proceed(arrival, next); });
    } catch (...) {
      proceed(arrival, next);
    }
  }

  template <class T>
  void proceed(Arrival<T>& arrival, Next<T> next) noexcept {
    hasReturned_ = true;
    guard([&] { goOn(arrival, next); });
  }

  const http::detail::Delivery<http::Response> delivery_;
  const CancellationToken cancellation_;
  std::shared_ptr<http::Scheduler> scheduler_;
  /// Whether something was waited for, so that the call has returned.
  bool hasReturned_ = false;
  Arrival<Result<Caller>> caller_;
  Arrival<Decision> decision_;
  /// Of the question that is open.
  http::Scheduler::TimerId timer_ = 0;
  CancellationRegistration cancellationWatch_;
};

}  // namespace

void handleAsync(std::shared_ptr<const EndpointRules> rules, http::ReceivedRequest request,
                 Callback<http::Response> done, const AsyncOptions& options) {
  http::detail::Delivery<http::Response> delivery(std::move(done), options.executor);
  std::make_shared<Handling>(std::move(rules), std::move(request), std::move(delivery), options)->run();
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
