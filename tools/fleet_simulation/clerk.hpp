// A Clerk that counts its requests, rotates its keys, and fails when told to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <liveblocks/http/transport.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include "timeline.hpp"

namespace fleet {

/// Requests by the second in which they were made.
class Traffic {
 public:
  void count(nanoseconds time);

  /// @{
  /// From one second to before another.
  std::uint64_t total(std::size_t from, std::size_t to) const;
  /// The most in any `width` seconds.
  std::uint64_t peak(std::size_t from, std::size_t to, std::size_t width) const;
  /// @}

 private:
  std::vector<std::uint32_t> seconds_;
};

/// The transport of all instances. Keys are fetched asynchronously, and the responses take a while; users are read by
/// calls that block, which take no time.
class Clerk : public liveblocks::http::Transport {
 public:
  /// Clerk's documented limit of its Backend API for a production instance, which does not apply to keys.
  /// https://clerk.com/docs/guides/how-clerk-works/system-limits
  static constexpr std::size_t userLimit = 1000;
  static constexpr seconds userWindow{10};

  enum class Health {
    well,
    unavailable,  ///< It responds with 503.
    silent,       ///< It accepts requests and never responds.
  };

  Clerk(std::shared_ptr<Timeline> timeline, Random::result_type seed);

  /// The keys that it publishes from now on.
  void publish(const std::vector<const liveblocks::testing::ClerkIssuer*>& keys);
  void setHealth(Health health) { health_ = health; }

  const Traffic& keyRequests() const { return keyRequests_; }
  const Traffic& userRequests() const { return userRequests_; }

  liveblocks::Result<liveblocks::http::Response> send(const liveblocks::http::Request& request,
                                                      const liveblocks::http::Call& call) override;
  bool start(liveblocks::http::Request& request, const liveblocks::http::Call& call, Completion& done) override;
  std::shared_ptr<liveblocks::http::Scheduler> scheduler() const override { return timeline_; }

 private:
  liveblocks::http::Response respondWithUser(const std::string& id);
  liveblocks::http::Response respondWithLimit();

  const std::shared_ptr<Timeline> timeline_;
  Random random_;
  Health health_ = Health::well;
  std::string jwks_;
  /// The response for a user whose id is a placeholder.
  std::string user_;
  Traffic keyRequests_;
  Traffic userRequests_;
  /// Which window of the limit it is, and what was requested in it.
  std::int64_t window_ = -1;
  std::size_t usedOfWindow_ = 0;
};

}  // namespace fleet
