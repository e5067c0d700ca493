#include "clerk/request/async_authentication.hpp"

#include <string>
#include <utility>
#include <variant>

#include "clerk/request/authentication.hpp"
#include "clerk/request/resources.hpp"
#include "clerk/verifier_options.hpp"
#include "core/logging.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

using Response = Result<http::Response>;

bool isAsynchronous(const std::shared_ptr<http::Transport>& transport) {
  return transport != nullptr && transport->scheduler() != nullptr;
}

}  // namespace

AsyncAuthentication::AsyncAuthentication(std::shared_ptr<const RequestSetup> setup, http::ReceivedRequest request,
                                         http::detail::AsyncWait wait) noexcept
    : setup_(std::move(setup)),
      request_(std::move(request)),
      wait_(std::move(wait)),
      resources_(*setup_, wait_.deadline) {}

AsyncAuthentication::~AsyncAuthentication() = default;

void AsyncAuthentication::run() noexcept {
  guarded([this] { pass(); });
}

template <class F>
void AsyncAuthentication::guarded(const F& work) noexcept {
  try {
    work();
  } catch (...) {
    logging::writeException(setup_->options.log, notAuthenticated);
    if (!resources_.isCommitted()) tell(setup_->verifier.events(), verificationOf(setup_->unexpectedError), {});
    fail();
  }
}

void AsyncAuthentication::pass() {
  const RequestContext context(*setup_, request_, resources_, now_);
  RequestState state = authenticate(context);
  if (!resources_.isIncomplete()) {
    resources_.commit();
    return conclude(context, std::move(state));
  }
  now_ = context.now();
  std::visit([this](const auto& missing) { obtain(missing); }, resources_.takeMissing());
}

// What is obtained may be there within the call: nothing may follow, and nothing may throw.

void AsyncAuthentication::obtain(const KnownResources::MissingKey& missing) {
  setup_->verifier.keys().findAsync(missing.keyId, wait_,
                                    [self = shared_from_this(), keyId = missing.keyId](Result<jwks::KeyPointer> key) {
                                      self->guarded([&] {
                                        self->resources_.add(keyId, std::move(key));
                                        self->pass();
                                      });
                                    });
}

void AsyncAuthentication::obtain(const KnownResources::MissingToken& missing) {
  setup_->opaqueTokens.start(
      *missing.kind, missing.token, wait_, [self = shared_from_this(), kind = missing.kind](const Response& response) {
        self->guarded([&] {
          const RequestSetup& setup = *self->setup_;
          self->resources_.add(setup.opaqueTokens.read(*kind, response, setup.machineClaims, setup.verifier.clock()));
          self->pass();
        });
      });
}

void AsyncAuthentication::obtain(const KnownResources::MissingHandshake& missing) {
  NonceExchange(*setup_).start(missing.nonce, wait_, [self = shared_from_this()](const Response& response) {
    self->guarded([&] {
      self->resources_.add(NonceExchange(*self->setup_).read(response));
      self->pass();
    });
  });
}

http::detail::AsyncWait waitOf(const RequestSetup& setup, const AsyncOptions& options) {
  const auto& own = isAsynchronous(setup.transport) ? setup.transport : setup.verifier.keys().transport();
  return {own, callDeadline(options.deadline), options.cancellation};
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
