// Many instances of a program, each with a verifier of its own, and the load that they serve.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include "clerk.hpp"
#include "timeline.hpp"

namespace fleet {

struct FleetOptions {
  std::size_t count = 10000;
  Random::result_type seed = 1;
  /// The time between two requests to one instance while something happens.
  milliseconds interval{1000};
};

/// How calls ended.
struct Outcomes {
  std::uint64_t total = 0;
  /// The call that took longest.
  nanoseconds longest{0};
  std::map<liveblocks::Errc, std::uint64_t> failures = {};

  void count(std::optional<liveblocks::Errc> failure, nanoseconds duration);
  std::uint64_t failed() const;
};

/// What one request to an instance brings with it, besides a good token.
struct Extras {
  /// A token whose key Clerk does not have.
  bool forged = false;
  /// A token of the key before the current one.
  bool previous = false;
  /// How many users an instance looks up, one for each request; 0 looks up none.
  int users = 0;
};

/// All in one thread.
class Fleet {
 public:
  explicit Fleet(const FleetOptions& options);
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;
  /// Lets all calls come to their end.
  ~Fleet();

  Clerk& clerk() { return *clerk_; }
  nanoseconds now() const { return timeline_->elapsed(); }

  /// Applies to instances that start later.
  void cacheUsers(seconds ttl) { userTtl_ = ttl; }
  /// Starts every instance, anew if it runs, at some time within `span` from now. It fetches the keys at once, and
  /// serves requests as soon as that has succeeded or failed.
  void startAll(seconds span);
  void runFor(seconds time);

  /// An instance gets its next request after half of that time to one and a half of it. All instances must have
  /// started.
  void setInterval(milliseconds interval);
  /// All tokens are signed with this key from now on, which may not be published.
  void signWith(const liveblocks::testing::ClerkIssuer& key);
  void setExtras(const Extras& extras) { extras_ = extras; }

  /// Good tokens since the last call.
  Outcomes takeOutcomes();
  Outcomes takeUserOutcomes();

  /// How long it took from `signWith()` until every instance had accepted a token of that key; nullopt if one has not.
  std::optional<nanoseconds> spread() const;
  /// How long after `signWith()` an instance accepted a token of the key before.
  std::optional<nanoseconds> lastOfPrevious() const { return lastOfPrevious_; }
  /// When a good token was last rejected; zero if none ever was.
  nanoseconds lastFailure() const { return lastFailure_; }

 private:
  struct Instance;
  using Token = std::shared_ptr<const std::string>;

  void startOne(std::size_t index);
  void scheduleRequest(std::size_t index, nanoseconds in);
  void serve(std::size_t index);
  void verify(std::size_t index);
  void verifyPrevious(const Instance& instance);
  void lookUpUser(std::size_t index);
  void noteKnown(std::size_t index, std::uint64_t generation);
  liveblocks::Deadline callDeadline() const;

  const std::shared_ptr<Timeline> timeline_;
  const std::shared_ptr<Clerk> clerk_;
  const liveblocks::clerk::KeySource keys_;
  Random random_;
  std::vector<Instance> instances_;
  bool isEnding_ = false;

  milliseconds interval_;
  Extras extras_;
  seconds userTtl_{0};
  std::string token_;
  std::string previousToken_;
  std::string forgedToken_;

  nanoseconds signedAt_{0};
  std::uint64_t generation_ = 0;
  std::size_t known_ = 0;
  nanoseconds lastKnown_{0};
  std::optional<nanoseconds> lastOfPrevious_;
  nanoseconds lastFailure_{0};
  Outcomes outcomes_;
  Outcomes userOutcomes_;
};

}  // namespace fleet
