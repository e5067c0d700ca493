#include <liveblocks/auth_endpoint.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <variant>

#include "auth_endpoint/responses.hpp"
#include "auth_endpoint/rules.hpp"
#include "http/delivery.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

/// A request on its way to its response. The steps are the same in both forms; `Form` derives from this class, obtains
/// what may take time, and goes on with the step that needs it:
///
/// - `identify()`, then `identified()`,
/// - `decide()`, then `decided()`,
/// - `authorize(Session)` or `identifyUser()`, then `issued()`,
/// - `finish(http::Response)` at the end.
template <class Form>
class EndpointSteps {
 public:
  EndpointSteps(std::shared_ptr<const EndpointRules> rules, http::RequestView request, std::optional<Deadline> host)
      : rules_(std::move(rules)) {
    request_.httpRequest = std::move(request);
    request_.deadline = rules_->deadlineOr(host);
  }

  void begin() {
    if (auto refusal = rules_->refuse(request_)) return form().finish(*std::move(refusal));
    form().identify();
  }

 protected:
  void identified(Result<Caller> caller) {
    if (auto refusal = rules_->read(request_, std::move(caller))) return form().finish(*std::move(refusal));
    rules_->decide() ? form().decide() : form().identifyUser();
  }

  void decided(const Decision& decision) {
    Step<Session> step = rules_->open(request_, decision);
    if (auto* refusal = std::get_if<http::Response>(&step)) return form().finish(std::move(*refusal));
    form().authorize(std::get<Session>(std::move(step)));
  }

  void issued(AuthResponse response) { form().finish(rules_->respond(std::move(response))); }

  const EndpointRules& rules() const noexcept { return *rules_; }
  AuthRequest& request() noexcept { return request_; }

 private:
  Form& form() noexcept { return static_cast<Form&>(*this); }

  /// Shared, so that a callable may destroy the last copy of the endpoint.
  std::shared_ptr<const EndpointRules> rules_;
  AuthRequest request_;
};

/// Waits on its thread for what the steps need.
class BlockingHandling : public EndpointSteps<BlockingHandling> {
 public:
  using EndpointSteps::EndpointSteps;

  /// There is one after `begin()`.
  http::Response response() && { return *std::move(response_); }

 private:
  friend class EndpointSteps<BlockingHandling>;

  void identify() { identified(rules().identify()(request().httpRequest, request().deadline)); }

  void decide() { decided(rules().decide()(request())); }

  void authorize(Session session) { issued(session.authorize(request().deadline)); }

  void identifyUser() {
    issued(rules().liveblocks().identifyUser(EndpointRules::identityOf(request()), {request().caller.options.userInfo},
                                             request().deadline));
  }

  void finish(http::Response response) { response_.emplace(std::move(response)); }

  std::optional<http::Response> response_;
};

/// Hands the first value that comes to whoever asked for it, without a lock. Who asks calls `leave()` afterwards: if
/// the value has come meanwhile, it goes on itself; otherwise the one who brings the value makes it go on.
template <class T>
class Arrival {
 public:
  /// Nothing stands for a cancellation.
  using Value = std::optional<T>;

  /// Brings a value. True if who asked has left, and is to be told.
  bool bring(Value value) noexcept {
    if (isClaimed_.exchange(true)) return false;
    value_ = std::move(value);
    return state_.exchange(State::there) == State::left;
  }

  bool isThere() const noexcept { return state_ == State::there; }

  /// False if something has come.
  bool leave() noexcept {
    State expected = State::asking;
    return state_.compare_exchange_strong(expected, State::left);
  }

  /// Ignores what comes from now on. By the one who asked, and has not left.
  void close() noexcept { isClaimed_ = true; }

  /// What has come. By the one who goes on, once.
  Value take() noexcept { return std::move(value_); }

 private:
  enum class State { asking, left, there };

  std::atomic<bool> isClaimed_{false};
  std::atomic<State> state_{State::asking};
  Value value_;
};

Result<Caller> callerTooLate() { return Error{Errc::timeout, "the caller was not identified by the deadline"}; }

Decision decisionTooLate() { return Decision::unavailable("Access could not be decided in time"); }

/// The request that the steps look at, made before them.
struct Received {
  http::ReceivedRequest received;
};

/// One step runs after the other: the first ones within the call, the others on the thread of the scheduler. Kept alive
/// by whatever it waits for.
class AsyncHandling : private Received,
                      public EndpointSteps<AsyncHandling>,
                      public std::enable_shared_from_this<AsyncHandling> {
 public:
  AsyncHandling(std::shared_ptr<const EndpointRules> rules, http::ReceivedRequest request,
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
  friend class EndpointSteps<AsyncHandling>;

  template <class T>
  using Next = void (AsyncHandling::*)(T&);

  // What the steps need.

  void identify() {
    rules().requireTransport();
    if (!scheduler_)
      return issued(
          {503,
           {},
           Error{Errc::asyncUnsupported, "its transport can only block: asynchronous calls need one with a loop"}});
    if (!rules().identify().finishesLater()) return identified(rules().identify()(request().httpRequest, deadline()));
    ask(caller_, callerTooLate, &AsyncHandling::changeCaller,
        [this](Callback<Result<Caller>> done) { rules().identifyLater(request(), options(), std::move(done)); });
  }

  void changeCaller(Result<Caller>& caller) { identified(rules().changed(std::move(caller))); }

  void decide() {
    if (!rules().decide().finishesLater()) return decided(rules().decide()(request()));
    ask(decision_, decisionTooLate, &AsyncHandling::useDecision,
        [this](Callback<Decision> done) { rules().decide().callAsync(request(), std::move(done)); });
  }

  void useDecision(Decision& decision) { decided(decision); }

  void authorize(Session session) {
    forgetRequest();
    session.authorizeAsync(tokenCallback(), options());
  }

  void identifyUser() {
    const Identity identity = EndpointRules::identityOf(request());
    const IdentifyOptions identifyOptions{request().caller.options.userInfo};
    forgetRequest();
    rules().liveblocks().identifyUserAsync(identity, identifyOptions, tokenCallback(), options());
  }

  /// All but its deadline. A call that waits for Liveblocks need not keep it in memory.
  void forgetRequest() noexcept {
    const Deadline due = deadline();
    // An assignment alone would leave strings their memory.
    static_cast<void>(std::exchange(request(), {}));
    static_cast<void>(std::exchange(received, {}));
    request().deadline = due;
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
}  // namespace detail

AuthEndpoint::AuthEndpoint(std::shared_ptr<const detail::EndpointRules> rules) noexcept : rules_(std::move(rules)) {}

AuthEndpoint::AuthEndpoint(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options)
    : AuthEndpoint(std::make_shared<const detail::EndpointRules>(std::move(liveblocks), std::move(identify),
                                                                 std::move(decide), std::move(options))) {
  if (!rules_->decide()) throw std::invalid_argument("decide must not be empty");
}

AuthEndpoint AuthEndpoint::withIdTokens(Liveblocks liveblocks, Identify identify, AuthEndpointOptions options) {
  return AuthEndpoint(std::make_shared<const detail::EndpointRules>(std::move(liveblocks), std::move(identify), nullptr,
                                                                    std::move(options)));
}

http::Response AuthEndpoint::handle(const http::RequestView& request, std::optional<Deadline> deadline) const {
  const std::shared_ptr<const detail::EndpointRules> rules = rules_;
  try {
    detail::BlockingHandling handling(rules, request, deadline);
    handling.begin();
    return std::move(handling).response();
  } catch (...) {
    return rules->respondToException();
  }
}

void AuthEndpoint::handleAsync(http::ReceivedRequest request, Callback<http::Response> done,
                               const AsyncOptions& options) const {
  http::detail::Delivery<http::Response> delivery(std::move(done), options.executor);
  std::make_shared<detail::AsyncHandling>(rules_, std::move(request), std::move(delivery), options)->run();
}

std::size_t AuthEndpoint::maxBody() const noexcept { return rules_->options().maxBody; }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
