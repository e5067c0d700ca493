/// All exchanges with Clerk and Liveblocks, from both sides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

#include "fate.hpp"
#include "ledger.hpp"
#include "starvation.hpp"
#include "time.hpp"

namespace soak {

/// Identifies an exchange at the upstream.
constexpr const char* exchangeHeader = "X-Soak-Exchange";

/// An exchange, as the library has asked for it.
struct Exchange {
  std::uint64_t id = 0;
  Service service = Service::keys;
  /// The id of the user or call that it is about.
  std::string subject;
  Moment begin;
  liveblocks::http::Call call;
};

std::string describe(const Exchange& exchange);

/// What the upstream sent, or would have sent.
struct Served {
  Fate fate = Fate::prompt;
  int status = 0;
  std::string body;
};

/// Compares outcomes with what the upstream did. Thread-safe.
class Exchanges {
 public:
  explicit Exchanges(Ledger& ledger) : ledger_(ledger) {}

  std::uint64_t begin();
  void serve(std::uint64_t id, Served served);
  /// Tells the ledger if the outcome has no cause at the upstream.
  void end(const Exchange& exchange, const liveblocks::Result<liveblocks::http::Response>& outcome);

  /// How many have not ended.
  std::size_t openCount() const;

  /// When the upstream refused connections.
  Stretches& refusals() noexcept { return refusals_; }
  Starvation& starvation() noexcept { return starvation_; }
  const Starvation& starvation() const noexcept { return starvation_; }

 private:
  using Outcome = liveblocks::Result<liveblocks::http::Response>;

  bool hasCause(const Exchange& exchange, const std::vector<Served>& served, const Outcome& outcome,
                const Stretch& time);

  Ledger& ledger_;
  Stretches refusals_;
  Starvation starvation_;
  mutable std::mutex mutex_;
  std::uint64_t last_ = 0;
  /// libcurl may send a request again, over another connection.
  std::map<std::uint64_t, std::vector<Served>> open_;
};

}  // namespace soak
