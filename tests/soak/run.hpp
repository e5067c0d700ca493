/// A whole run: rounds of load and trouble, and quiet between them.
#pragma once

#include <memory>

#include "call.hpp"
#include "doors.hpp"
#include "exchanges.hpp"
#include "judge.hpp"
#include "keys.hpp"
#include "ledger.hpp"
#include "options.hpp"
#include "resources.hpp"
#include "upstream.hpp"

namespace soak {

class Run {
 public:
  explicit Run(const Options& options);
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// Returns whether everything was as the model expects it. Prints a summary.
  bool run();

 private:
  void load(int round, std::chrono::milliseconds time);
  /// Waits until nothing is in flight, and measures.
  Resources awaitQuiet(std::size_t files);
  /// The last ones beside those of the first round, in which everything fills that has a limit.
  void checkGrowth(const Resources& warm, const Resources& last);
  /// A load in which nothing succeeds, or nothing fails, would show nothing.
  void checkMixture();
  void print() const;

  const Options options_;
  Ledger ledger_;
  KeyRing keys_;
  Exchanges exchanges_{ledger_};
  Judge judge_{keys_, exchanges_, ledger_};
  CallIds ids_;
  std::unique_ptr<Upstream> upstream_;
  std::unique_ptr<ServerDoor> server_;
  std::unique_ptr<LoopDoor> loop_;
};

}  // namespace soak
