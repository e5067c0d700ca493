/// What the fate of a call permits as its outcome.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/core/error.hpp>

#include "call_id.hpp"
#include "outcome.hpp"
#include "plan.hpp"

namespace liveblocks_tests::mixed {

/// nullopt: a success.
using Verdicts = std::vector<std::optional<liveblocks::Errc>>;

/// Whether the request may take effect twice.
inline bool isRepeatable(Kind kind) {
  return kind != Kind::createRoom && kind != Kind::updateRoomId && kind != Kind::broadcastEvent;
}

inline bool hasResult(Kind kind) {
  return kind != Kind::deleteRoom && kind != Kind::prewarmRoom && kind != Kind::broadcastEvent &&
         kind != Kind::refreshKeys;
}

/// Tokens are passed on as they come.
inline bool parsesResponse(Kind kind) { return hasResult(kind) && kind != Kind::authorize && kind != Kind::identify; }

/// How one exchange may end, retries included. A server that stalls does not end it.
inline Verdicts verdictsOf(Fate fate, Kind kind) {
  using liveblocks::Errc;
  switch (fate) {
    case Fate::busyOnce:
      return {isRepeatable(kind) ? std::nullopt : std::optional(Errc::upstream)};
    case Fate::malformedJson:
      return {parsesResponse(kind) ? std::optional(Errc::upstream) : std::nullopt};
    case Fate::busy:
    case Fate::redirected:
    case Fate::malformedHttp:
      return {Errc::upstream};
    case Fate::missing:
      return {Errc::notFound};
    case Fate::truncated:
    case Fate::truncatedChunks:
    case Fate::reset:
      return {Errc::reset};
    case Fate::tooLarge:
      return {Errc::tooLarge};
    case Fate::refused:
      return {Errc::connect};
    case Fate::stalled:
      return {};
    default:
      return {std::nullopt};
  }
}

inline bool isBusyOnce(Fate fate) { return fate == Fate::tooManyOnce || fate == Fate::busyOnce; }

inline Verdicts verdictsOfKeys(Fate fate) {
  Verdicts verdicts = verdictsOf(fate, Kind::verify);
  for (auto& verdict : verdicts) {
    if (verdict) verdict = liveblocks::Errc::keysUnavailable;
  }
  // Another caller who had no time to try again may have begun the fetch.
  if (isBusyOnce(fate)) verdicts.emplace_back(liveblocks::Errc::keysUnavailable);
  return verdicts;
}

/// With the statuses that the endpoint passes on, and 503 as `Errc::keysUnavailable`.
inline Verdicts verdictsOfEndpoint(const PlannedCall& call) {
  using liveblocks::Errc;
  Verdicts verdicts = verdictsOfKeys(call.fateOfKeys);
  const auto success = std::find(verdicts.begin(), verdicts.end(), std::nullopt);
  if (success == verdicts.end()) return verdicts;
  verdicts.erase(success);
  if (call.fateOfUser == Fate::missing) {
    verdicts.emplace_back(Errc::noToken);
    return verdicts;
  }
  const bool isPassedOn = call.fate == Fate::missing || call.fate == Fate::redirected;
  for (const auto& verdict : verdictsOf(call.fate, Kind::handle)) {
    verdicts.push_back(!verdict || isPassedOn ? verdict : Errc::keysUnavailable);
  }
  return verdicts;
}

inline Verdicts permitted(const PlannedCall& call) {
  using liveblocks::Errc;
  const bool isEndpoint = call.kind == Kind::handle;
  Verdicts verdicts = verdictsOf(call.fate, call.kind);
  if (onlyNeedsKeys(call.kind)) verdicts = verdictsOfKeys(call.fateOfKeys);
  if (isEndpoint) verdicts = verdictsOfEndpoint(call);
  if (call.time) verdicts.emplace_back(isEndpoint ? Errc::keysUnavailable : Errc::timeout);
  // Without the time to try again, the response that asks for it is the outcome.
  if (call.time && !onlyNeedsKeys(call.kind) && isBusyOnce(call.fate)) verdicts.emplace_back(Errc::upstream);
  if (call.cancelledAfter) verdicts.emplace_back(isEndpoint ? Errc::keysUnavailable : Errc::cancelled);
  return verdicts;
}

inline bool permits(const Verdicts& verdicts, const Outcome& outcome) {
  return std::find(verdicts.begin(), verdicts.end(), outcome.error) != verdicts.end();
}

/// Whether no part of the outcome belongs to another call.
inline bool isOwn(const Outcome& outcome, Kind kind, const std::string& id) {
  if (firstId(outcome.text).empty()) return outcome.error || !hasResult(kind);
  return isOnlyAbout(outcome.text, id);
}

}  // namespace liveblocks_tests::mixed
