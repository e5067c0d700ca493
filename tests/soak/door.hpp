/// What one instance of the library has got from Clerk and Liveblocks.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "exchanges.hpp"
#include "ledger.hpp"
#include "time.hpp"

namespace soak {

/// @{
/// The settings of the library that the model depends on, short enough for keys to age during a run.
constexpr std::chrono::seconds softAge{3};
constexpr std::chrono::seconds hardAge{6};
constexpr std::chrono::seconds staleIfError{20};
constexpr std::chrono::seconds cooldown{1};
constexpr milliseconds keyTimeout{1500};
constexpr milliseconds userTimeout{1000};
constexpr std::chrono::seconds userCacheTtl{1};
constexpr milliseconds callTimeout{4000};
constexpr std::size_t keptConnections = 8;
/// @}

/// What is known about a key while a call was in flight.
struct KeyKnowledge {
  /// The library had the key at all times.
  bool isSure = false;
  /// The library had the key at no time.
  bool isExcluded = false;
  /// If the library did not have the key, it would have fetched the keys for it.
  bool isObtainable = false;
};

/// Whether users are cached, so that concurrent look-ups of one share a request.
enum class Caching { on, off };

/// How the look-ups of a user ended while a call was in flight.
struct UserKnowledge {
  bool mayHaveFailed = false;
};

/// An attempt to get a token for a call.
struct TokenAttempt {
  Moment end;
  /// 0 if there was no response.
  int status = 0;
  std::string body;
  bool isRepeatable = false;
  std::optional<std::chrono::seconds> retryAfter;
};

/// Thread-safe.
class Door {
 public:
  Door(Exchanges& exchanges, Caching caching, Ledger& ledger)
      : exchanges_(exchanges), caching_(caching), ledger_(ledger) {}

  /// Records all exchanges of a transport, which it passes on.
  std::shared_ptr<liveblocks::http::Transport> record(std::shared_ptr<liveblocks::http::Transport> transport);

  KeyKnowledge knowKey(const std::string& keyId, std::optional<Moment> publishedSince, const Stretch& call) const;
  UserKnowledge knowUser(const std::string& userId, const Stretch& call) const;
  /// Returns and forgets the attempts.
  std::vector<TokenAttempt> takeAttempts(const std::string& callId);
  /// Whether anything went otherwise than on a good day.
  bool wasDisturbed(const Stretch& call) const { return disturbances_.overlap(call); }
  /// Between two rounds: what is left of calls that nobody has waited for.
  void forgetCalls();

 private:
  class RecordingTransport;
  using Outcome = liveblocks::Result<liveblocks::http::Response>;

  struct KeyFetch {
    std::uint64_t id = 0;
    /// Until the library has used the outcome.
    Stretch time;
    /// When the outcome was given to the library.
    Moment cameAt = (Moment::max)();
    bool isGood = false;
    std::vector<std::string> keyIds;
  };
  struct LookUp {
    std::uint64_t id = 0;
    /// @{
    /// As above.
    Stretch time;
    Moment cameAt = (Moment::max)();
    /// @}
    bool hasFailed = true;
  };

  void begin(const Exchange& exchange);
  void end(const Exchange& exchange, const Outcome& outcome);
  void used(const Exchange& exchange);
  void endKeys(const Exchange& exchange, const Outcome& outcome);
  void endUser(const Exchange& exchange, const Outcome& outcome);
  void endToken(const Exchange& exchange, const Outcome& outcome);
  bool isObtainable(const Stretch& call) const;

  /// Two at once would be one too many.
  template <class Record>
  void beginRecord(std::deque<Record>& records, const Exchange& exchange, bool isShared);

  Exchanges& exchanges_;
  const Caching caching_;
  Ledger& ledger_;
  Stretches disturbances_;
  mutable std::mutex mutex_;
  std::deque<KeyFetch> keyFetches_;
  std::map<std::string, std::deque<LookUp>> lookUps_;
  std::map<std::string, std::vector<TokenAttempt>> attempts_;
};

}  // namespace soak
