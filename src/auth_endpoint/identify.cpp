#include <liveblocks/auth_endpoint/identify.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "auth_endpoint/waiting.hpp"
#include "core/errors.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// The host takes its own request back when the call returns.
Result<Caller> waitForCaller(const detail::IdentifyLater& identify, const http::RequestView& request,
                             Deadline deadline) {
  using Waiting = detail::Waiting<Result<Caller>, std::pair<http::ReceivedRequest, http::RequestView>>;
  const auto waiting =
      std::make_shared<Waiting>(std::pair(http::ReceivedRequest::copyOf(request), http::RequestView()));
  waiting->lent().second = waiting->lent().first.view();
  identify(waiting->lent().second, {deadline}, waiting->callback());
  std::optional<Result<Caller>> caller = waiting->until(deadline);
  if (caller) return *std::move(caller);
  return Error{Errc::timeout, "the caller was not identified by the deadline"};
}

}  // namespace

Identify Identify::then(std::function<Result<Caller>(Caller)> change) const {
  if (!change) throw std::invalid_argument("change must not be empty");
  Identify identify = *this;
  identify.change_ = std::move(change);
  if (!change_) return identify;
  identify.change_ = [first = change_, second = std::move(identify.change_)](Caller caller) {
    Result<Caller> changed = first(std::move(caller));
    return changed ? second(*std::move(changed)) : changed;
  };
  return identify;
}

Result<Caller> Identify::operator()(const http::RequestView& request, Deadline deadline) const {
  if (later_ && !now_) return changed(waitForCaller(later_, request, deadline));
  return changed(now_(request, deadline));
}

void Identify::callAsync(const http::RequestView& request, const AsyncOptions& options,
                         Callback<Result<Caller>> done) const {
  if (!later_) return done((*this)(request, options.deadline.value_or((Deadline::max)())));
  if (!change_) return later_(request, options, std::move(done));
  later_(request, options, [self = *this, done = std::move(done)](Result<Caller> caller) {
    Result<Caller> outcome = errors::internal();
    try {
      outcome = self.changed(std::move(caller));
    } catch (...) {
      // The error stands.
    }
    done(std::move(outcome));
  });
}

Result<Caller> Identify::changed(Result<Caller> caller) const {
  if (!change_ || !caller) return caller;
  return change_(*std::move(caller));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
