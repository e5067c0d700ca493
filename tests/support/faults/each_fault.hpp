/// Does a job once for each call of OpenSSL and libcurl that it makes, and lets that one fail.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "faults.hpp"
#include "foreign_error.hpp"
#include "verdict.hpp"

namespace liveblocks_tests {

/// A job that can be done again and again with the objects that it keeps.
struct Scenario {
  /// Without a fault.
  Verdict expected = Verdict::accepted;
  std::function<Job()> prepare;
  /// By these functions a valid credential may turn out as a wrong one.
  std::vector<std::string> mayRefuse = {};
  /// libcurl empties the error queue of the thread on which it speaks TLS.
  bool speaksTls = false;
};

/// Which functions a scenario calls, and how often.
inline std::map<FaultyFunction*, std::size_t> callsOf(const Scenario& scenario) {
  const Job job = scenario.prepare();
  std::map<FaultyFunction*, std::size_t> before;
  for (auto* const function : FaultyFunction::all()) before[function] = function->calls();
  REQUIRE(verdictOf(job) == scenario.expected);
  std::map<FaultyFunction*, std::size_t> calls;
  for (auto* const function : FaultyFunction::all()) {
    if (function->calls() > before[function]) calls[function] = function->calls() - before[function];
  }
  return calls;
}

/// False if no such call is made.
inline bool surviveFault(const Scenario& scenario, FaultyFunction& function, int way, std::size_t number,
                         Fault::Want want) {
  const long handles = handlesInUse();
  bool hasHappened = false;
  {
    const Job job = scenario.prepare();
    const ForeignError foreign;
    Verdict verdict = Verdict::failed;
    {
      const Fault fault(function, way, number, want);
      verdict = verdictOf(job);
      hasHappened = Fault::hasHappened();
    }
    CHECK((ForeignError::isAlone() || scenario.speaksTls));
    if (scenario.expected != Verdict::accepted) CHECK(verdict != Verdict::accepted);
    if (verdict == Verdict::refused && scenario.expected == Verdict::accepted) {
      const auto& allowed = scenario.mayRefuse;
      CHECK(std::find(allowed.begin(), allowed.end(), function.name()) != allowed.end());
    }
    CHECK(verdictOf(job) == scenario.expected);
  }
  CHECK(handlesInUse() == handles);
  return hasHappened;
}

/// Nothing leaks, a wrong credential is never accepted, the error queue is left as it was found, and the same objects
/// work once the fault is over.
inline void surviveEachFault(const Scenario& scenario) {
  const auto calls = callsOf(scenario);
  REQUIRE_FALSE(calls.empty());
  for (const auto& [function, count] : calls) {
    for (int way = 0; way < function->ways(); ++way) {
      for (const auto want : {Fault::Want::brief, Fault::Want::lasting}) {
        if (way > 0 && want == Fault::Want::lasting) continue;
        // How often some are called depends on how fast the other side is.
        for (std::size_t number = 0; number < count; ++number) {
          CAPTURE(function->name(), way, number, want == Fault::Want::lasting);
          bool hasHappened = surviveFault(scenario, *function, way, number, want);
          // On a slow machine the job may be out of time before its first call.
          for (int i = 0; number == 0 && !hasHappened && i < 10; ++i) {
            hasHappened = surviveFault(scenario, *function, way, number, want);
          }
          if (number == 0) CHECK(hasHappened);
          if (!hasHappened) break;
        }
      }
    }
  }
}

}  // namespace liveblocks_tests
