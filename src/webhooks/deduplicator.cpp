#include <liveblocks/webhooks/deduplicator.hpp>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <liveblocks/webhooks/memory_seen_store.hpp>

#include "core/base64.hpp"
#include "core/event_sink.hpp"
#include "core/text.hpp"
#include "crypto/hash.hpp"
#include "webhooks/seen_store.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {
namespace {

constexpr std::size_t maxScopeSize = 64;
constexpr std::chrono::milliseconds maxTimeout = std::chrono::seconds(10);
constexpr std::size_t holderBytes = 16;

static_assert(maxScopeSize + 1 + Verifier::maxIdSize == SeenStore::maxIdSize);

void check(const DeduplicatorOptions& options) {
  if (options.scope.size() > maxScopeSize ||
      !std::all_of(options.scope.begin(), options.scope.end(), ascii::isVisible)) {
    throw std::invalid_argument("scope must be up to 64 visible ASCII characters");
  }
  if (options.timeout <= std::chrono::milliseconds(0) || options.timeout > maxTimeout) {
    throw std::invalid_argument("timeout must be more than 0 and at most 10 seconds");
  }
  detail::checkKeep(options.keep);
  detail::checkLease(options.lease);
}

/// The error for an exception of the store, whose message is of no use to callers.
Error storeFailed() { return {Errc::internal, "the store of webhooks failed"}; }

std::string_view nameOf(SeenState state) noexcept {
  if (state == SeenState::done) return "done";
  return state == SeenState::fresh ? "fresh" : "in_progress";
}

}  // namespace

struct Deduplicator::State {
  explicit State(DeduplicatorOptions given) : options(std::move(given)) {
    check(options);
    events = liveblocks::detail::EventSink::make(options.events, {});
    if (!options.store) options.store = std::make_shared<MemorySeenStore>();
  }

  /// Adds the scope. The result is unambiguous, since an id contains no dot.
  std::string scoped(const std::string& id) const { return options.scope.empty() ? id : options.scope + "." + id; }

  /// The state of the id, or the error of the store.
  Result<SeenState> claim(const Claim::Held& held, Deadline deadline) const;

  DeduplicatorOptions options;
  liveblocks::detail::EventSinkPointer events;
};

/// What is needed to complete or release a claim.
struct Claim::Held {
  Deadline deadline() const { return std::chrono::steady_clock::now() + timeout; }

  std::shared_ptr<SeenStore> store;
  std::string id;
  std::string holder;
  std::chrono::seconds keep;
  std::chrono::milliseconds timeout;
};

Result<SeenState> Deduplicator::State::claim(const Claim::Held& held, Deadline deadline) const {
  try {
    return options.store->claim(held.id, held.holder, options.lease, deadline);
  } catch (...) {
    return storeFailed();
  }
}

Claim::Claim(SeenState seen, std::unique_ptr<Held> held) noexcept : seen_(seen), held_(std::move(held)) {}

Claim::Claim(Claim&& other) noexcept = default;

Claim& Claim::operator=(Claim&& other) noexcept {
  if (this == &other) return *this;
  release();
  seen_ = other.seen_;
  held_ = std::move(other.held_);
  return *this;
}

Claim::~Claim() { release(); }

void Claim::release() noexcept {
  const std::unique_ptr<Held> held = std::move(held_);
  if (!held) return;
  try {
    // When this fails, the lease ends later.
    static_cast<void>(held->store->release(held->id, held->holder, held->deadline()));
  } catch (...) {
    return;
  }
}

Result<void> Claim::done() {
  const std::unique_ptr<Held> held = std::move(held_);
  if (!held) throw std::logic_error("only a fresh claim can be done, and only once");
  try {
    return held->store->done(held->id, held->holder, held->keep, held->deadline());
  } catch (...) {
    return storeFailed();
  }
}

Deduplicator::Deduplicator(const DeduplicatorOptions& options) : state_(std::make_shared<const State>(options)) {}

Result<Claim> Deduplicator::claim(const Message& message, std::optional<Deadline> deadline) const {
  if (message.id.empty() || message.id.size() > Verifier::maxIdSize) {
    throw std::invalid_argument("the id of a webhook must have 1 to 256 bytes");
  }
  // Shared, so that another thread may destroy the last copy during the call.
  const std::shared_ptr<const State> state = state_;
  const DeduplicatorOptions& options = state->options;
  const auto random = crypto::randomBytes(holderBytes);
  if (!random) return Error{Errc::internal, "the crypto library has no random bytes"};
  auto held = std::make_unique<Claim::Held>(
      Claim::Held{options.store, state->scoped(message.id), base64url::encode(*random), options.keep, options.timeout});
  const Deadline end = std::min(deadline.value_or(Deadline::max()), held->deadline());
  const Result<SeenState> seen = state->claim(*held, end);
  if (state->events != nullptr) state->events->webhook(operations::claimWebhook, seen, seen ? nameOf(*seen) : "");
  if (!seen) return seen.error();
  if (*seen != SeenState::fresh) held.reset();
  return Claim(*seen, std::move(held));
}

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
