/// Decides by a seed what calls a run consists of.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <random>

#include "fate.hpp"

namespace liveblocks_tests::mixed {

enum class Kind {
  authorize,
  identify,
  getRooms,
  createRoom,
  getOrCreateRoom,
  getRoom,
  updateRoom,
  upsertRoom,
  deleteRoom,
  updateRoomId,
  prewarmRoom,
  getActiveUsers,
  broadcastEvent,
  getUser,
  /// These need keys, which calls of one tenant fetch together.
  verify,
  authenticate,
  refreshKeys,
  /// This one needs keys, a user and a token.
  handle,
};

constexpr std::size_t kindCount = static_cast<std::size_t>(Kind::handle) + 1;

inline bool needsKeys(Kind kind) noexcept { return kind >= Kind::verify; }
inline bool onlyNeedsKeys(Kind kind) noexcept { return needsKeys(kind) && kind != Kind::handle; }

struct PlannedCall {
  Kind kind;
  /// Of the requests to Liveblocks, or for a user.
  Fate fate;
  /// Of the look-up of the user by an endpoint.
  Fate fateOfUser;
  /// Those who fetch keys together, and the fate of that. Only if the call needs keys.
  std::size_t tenant;
  Fate fateOfKeys;
  /// Until its deadline. nullopt: an ample time.
  std::optional<std::chrono::milliseconds> time;
  /// How many other calls begin before this one is cancelled.
  std::optional<std::size_t> cancelledAfter;
  bool hasExecutor;
  bool beginsAnother;
};

class Planner {
 public:
  explicit Planner(unsigned seed) : random_(seed) {}

  PlannedCall next() {
    PlannedCall call{};
    call.kind = static_cast<Kind>(below(kindCount));
    call.fate = anyFate();
    call.fateOfUser = anyFate();
    if (needsKeys(call.kind)) joinTenant(call);
    if (below(5) == 0) call.cancelledAfter = below(200);
    const bool needsTime = keysStall(call) || (ownStalls(call) && !call.cancelledAfter);
    if (needsTime || below(4) == 0) call.time = std::chrono::milliseconds(2 + below(300));
    call.hasExecutor = below(8) == 0;
    call.beginsAnother = below(6) == 0;
    return call;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  Fate anyFate() { return static_cast<Fate>(below(fateCount)); }

  void joinTenant(PlannedCall& call) {
    if (below(4) == 0) {
      ++tenant_;
      fateOfKeys_ = anyFate();
    }
    call.tenant = tenant_;
    call.fateOfKeys = fateOfKeys_;
  }

  /// The fetch goes on for others when its caller is cancelled, until the deadline.
  static bool keysStall(const PlannedCall& call) { return needsKeys(call.kind) && call.fateOfKeys == Fate::stalled; }
  static bool ownStalls(const PlannedCall& call) { return !onlyNeedsKeys(call.kind) && call.fate == Fate::stalled; }

  std::mt19937 random_;
  std::size_t tenant_ = 0;
  Fate fateOfKeys_ = Fate::prompt;
};

}  // namespace liveblocks_tests::mixed
