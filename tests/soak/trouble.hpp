/// Trouble at Clerk and Liveblocks: outages, a flapping upstream, and keys that rotate.
#pragma once

#include "dice.hpp"
#include "exchanges.hpp"
#include "keys.hpp"
#include "ledger.hpp"
#include "time.hpp"
#include "upstream.hpp"

namespace soak {

/// When the trouble of a round is over.
class Round {
 public:
  Round(Moment end, const Ledger& ledger) : end_(end), ledger_(ledger) {}

  /// False once the round is over, or something is wrong.
  bool goesOn() const { return Clock::now() < end_ && ledger_.isRight(); }
  /// Sleeps for that long, or until the round is over.
  void pause(milliseconds time) const;
  milliseconds left() const { return std::chrono::duration_cast<milliseconds>(end_ - Clock::now()); }

 private:
  const Moment end_;
  const Ledger& ledger_;
};

/// Lets good and bad weather alternate. For one thread; the weather is good when it returns.
void letItStorm(const Round& round, Upstream& upstream, Exchanges& exchanges, Ledger& ledger, Dice& dice);

/// Rotates keys, with and without an overlap. For one thread.
void rotateKeys(const Round& round, KeyRing& keys, Ledger& ledger, Dice& dice);

/// Looks all the time whether there are enough processors. For one thread.
void watchProcessors(const Round& round, Starvation& starvation);

}  // namespace soak
