#include "fleet.hpp"

#include <algorithm>
#include <utility>

namespace fleet {

using liveblocks::AsyncOptions;
using liveblocks::Errc;
using liveblocks::Result;
using liveblocks::clerk::KeySource;
using liveblocks::clerk::SessionClaims;
using liveblocks::clerk::SessionVerifier;
using liveblocks::clerk::SessionVerifierOptions;
using liveblocks::clerk::Users;
using liveblocks::clerk::UsersOptions;
using liveblocks::testing::ClerkIssuer;

namespace {

/// How long a caller waits, as is the default of the library.
constexpr seconds patience{5};
constexpr const char* secretKey = "sk_live_simulation";

std::string longLivedToken(const ClerkIssuer& key, std::chrono::system_clock::time_point now) {
  liveblocks::testing::SessionTokenSpec spec;
  spec.issuedAt = now;
  spec.lifetime = std::chrono::hours(24);
  return key.sessionToken(spec);
}

}  // namespace

void Outcomes::count(std::optional<Errc> failure, nanoseconds duration) {
  ++total;
  longest = std::max(longest, duration);
  if (failure) ++failures[*failure];
}

std::uint64_t Outcomes::failed() const {
  std::uint64_t sum = 0;
  for (const auto& [code, times] : failures) sum += times;
  return sum;
}

struct Fleet::Instance {
  Random random;
  std::shared_ptr<const MachineClock> clock;
  std::optional<SessionVerifier> verifier = {};
  std::optional<Users> users = {};
  /// The series of its requests; a new one begins when it starts, and when the interval changes.
  int series = 0;
  /// The generation of keys of which it has accepted a token.
  std::uint64_t knows = 0;
};

Fleet::Fleet(const FleetOptions& options)
    : timeline_(std::make_shared<Timeline>()),
      clerk_(std::make_shared<Clerk>(timeline_, options.seed)),
      keys_(KeySource::backendApi(secretKey, "https://api.clerk.com", clerk_)),
      random_(options.seed),
      interval_(options.interval) {
  for (std::size_t i = 0; i < options.count; ++i) {
    Random random(random_());
    const nanoseconds upFor = upTo(std::chrono::hours(24 * 100), random);
    instances_.push_back({random, std::make_shared<MachineClock>(timeline_, upFor)});
  }
}

Fleet::~Fleet() {
  isEnding_ = true;
  timeline_->runAll();
}

void Fleet::startAll(seconds span) {
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    timeline_->runAt(timeline_->now() + upTo(span, random_), [this, i] { startOne(i); });
  }
}

void Fleet::startOne(std::size_t index) {
  if (isEnding_) return;
  Instance& instance = instances_[index];
  ++instance.series;
  SessionVerifierOptions verifierOptions;
  verifierOptions.clock = instance.clock;
  // Otherwise most of the time would go to RSA. The cache asks for the keys as often as a verification does.
  verifierOptions.tokenCache.capacity = 4;
  verifierOptions.tokenCache.maxAge = std::chrono::hours(24);
  instance.verifier.emplace(keys_, verifierOptions);
  UsersOptions userOptions;
  userOptions.secretKey = secretKey;
  userOptions.clock = instance.clock;
  userOptions.cacheTtl = userTtl_;
  userOptions.retry = false;
  instance.users.emplace(userOptions, clerk_);
  AsyncOptions call;
  call.deadline = callDeadline();
  instance.verifier->refreshKeysAsync(
      [this, index, series = instance.series](const Result<void>&) {
        if (instances_[index].series == series) scheduleRequest(index, nanoseconds(0));
      },
      call);
}

void Fleet::scheduleRequest(std::size_t index, nanoseconds in) {
  if (isEnding_) return;
  timeline_->runAt(timeline_->now() + in, [this, index, series = instances_[index].series] {
    if (!isEnding_ && instances_[index].series == series) serve(index);
  });
}

void Fleet::serve(std::size_t index) {
  Instance& instance = instances_[index];
  verify(index);
  AsyncOptions call;
  call.deadline = callDeadline();
  if (extras_.forged)
    instance.verifier->verifyAsync(
        forgedToken_, [](const Result<SessionClaims>&) {}, call);
  if (extras_.previous) verifyPrevious(instance);
  if (extras_.users > 0) lookUpUser(index);
  scheduleRequest(index, interval_ / 2 + upTo(interval_, instance.random));
}

void Fleet::verify(std::size_t index) {
  AsyncOptions call;
  call.deadline = callDeadline();
  instances_[index].verifier->verifyAsync(
      token_,
      [this, index, generation = generation_, begun = now()](const Result<SessionClaims>& claims) {
        outcomes_.count(claims ? std::nullopt : std::optional(claims.error().code), now() - begun);
        if (!claims) lastFailure_ = now();
        if (claims) noteKnown(index, generation);
      },
      call);
}

void Fleet::verifyPrevious(const Instance& instance) {
  AsyncOptions call;
  call.deadline = callDeadline();
  instance.verifier->verifyAsync(
      previousToken_,
      [this](const Result<SessionClaims>& claims) {
        if (claims) lastOfPrevious_ = now() - signedAt_;
      },
      call);
}

void Fleet::lookUpUser(std::size_t index) {
  Instance& instance = instances_[index];
  const int user = std::uniform_int_distribution<int>(1, extras_.users)(instance.random);
  const auto found = instance.users->get("user_" + std::to_string(index) + "_" + std::to_string(user));
  userOutcomes_.count(found ? std::nullopt : std::optional(found.error().code), nanoseconds(0));
}

void Fleet::noteKnown(std::size_t index, std::uint64_t generation) {
  if (generation != generation_ || std::exchange(instances_[index].knows, generation) == generation) return;
  ++known_;
  lastKnown_ = now();
}

void Fleet::runFor(seconds time) { timeline_->runUntil(timeline_->now() + time); }

void Fleet::setInterval(milliseconds interval) {
  interval_ = interval;
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    ++instances_[i].series;
    scheduleRequest(i, upTo(interval, instances_[i].random));
  }
}

void Fleet::signWith(const ClerkIssuer& key) {
  const std::chrono::system_clock::time_point wall = MachineClock::wallOf(*timeline_);
  previousToken_ = std::exchange(token_, longLivedToken(key, wall));
  if (forgedToken_.empty()) forgedToken_ = longLivedToken(ClerkIssuer("clerk.example.com", "ins_forged"), wall);
  ++generation_;
  signedAt_ = now();
  known_ = 0;
  lastOfPrevious_.reset();
}

Outcomes Fleet::takeOutcomes() { return std::exchange(outcomes_, {}); }

Outcomes Fleet::takeUserOutcomes() { return std::exchange(userOutcomes_, {}); }

std::optional<nanoseconds> Fleet::spread() const {
  if (known_ != instances_.size()) return std::nullopt;
  return lastKnown_ - signedAt_;
}

Deadline Fleet::callDeadline() const { return timeline_->now() + patience; }

}  // namespace fleet
