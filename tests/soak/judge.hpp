/// The model: which response a call may get.
#pragma once

#include <string>
#include <vector>

#include "call.hpp"
#include "door.hpp"
#include "exchanges.hpp"
#include "keys.hpp"
#include "ledger.hpp"
#include "time.hpp"

namespace soak {

struct Answer {
  Stretch time;
  Moment deadline;
  int status = 0;
  std::string body;
  bool isCancelled = false;
};

/// A response that a call may get.
struct Verdict {
  int status;
  /// Part of the body.
  std::string text;
};

/// Thread-safe.
class Judge {
 public:
  Judge(const KeyRing& keys, Exchanges& exchanges, Ledger& ledger)
      : keys_(keys), exchanges_(exchanges), ledger_(ledger) {}

  /// Tells the ledger if the call may not have got that response.
  void judge(const Call& call, const Answer& answer, Door& door) const;

 private:
  using Verdicts = std::vector<Verdict>;
  using Attempts = std::vector<TokenAttempt>;

  /// Whether there is a reason for a response that is late.
  bool mayBeTooLate(const Answer& answer, const Door& door) const;
  Verdicts permitted(const Call& call, const Answer& answer, const Door& door, const KeyKnowledge& key,
                     const Attempts& attempts) const;
  void addIdentified(Verdicts& verdicts, const Call& call, const Answer& answer, const Door& door,
                     const Attempts& attempts) const;
  static void addContent(Verdicts& verdicts, const Call& call, const Attempts& attempts);
  void checkTime(const Call& call, const Answer& answer) const;
  void checkToken(const Call& call, const Answer& answer, const Door& door) const;
  void checkAttempts(const Call& call, const Answer& answer, const Attempts& attempts) const;

  const KeyRing& keys_;
  Exchanges& exchanges_;
  Ledger& ledger_;
};

}  // namespace soak
