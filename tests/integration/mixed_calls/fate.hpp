/// What servers do to the requests of a call.
#pragma once

#include <cstddef>

namespace liveblocks_tests::mixed {

enum class Fate {
  prompt,
  delayed,
  /// The response comes in pieces.
  piecemeal,
  /// The connection is closed after the response, though it could be kept.
  closing,
  /// 429, then a response.
  tooManyOnce,
  /// 503, then a response.
  busyOnce,
  busy,
  missing,
  redirected,
  malformedJson,
  malformedHttp,
  truncated,
  truncatedChunks,
  reset,
  tooLarge,
  /// Nothing listens at the port.
  refused,
  stalled,
};

constexpr std::size_t fateCount = static_cast<std::size_t>(Fate::stalled) + 1;

inline const char* nameOf(Fate fate) noexcept {
  switch (fate) {
    case Fate::prompt:
      return "prompt";
    case Fate::delayed:
      return "delayed";
    case Fate::piecemeal:
      return "piecemeal";
    case Fate::closing:
      return "closing";
    case Fate::tooManyOnce:
      return "tooManyOnce";
    case Fate::busyOnce:
      return "busyOnce";
    case Fate::busy:
      return "busy";
    case Fate::missing:
      return "missing";
    case Fate::redirected:
      return "redirected";
    case Fate::malformedJson:
      return "malformedJson";
    case Fate::malformedHttp:
      return "malformedHttp";
    case Fate::truncated:
      return "truncated";
    case Fate::truncatedChunks:
      return "truncatedChunks";
    case Fate::reset:
      return "reset";
    case Fate::tooLarge:
      return "tooLarge";
    case Fate::refused:
      return "refused";
    case Fate::stalled:
      return "stalled";
  }
  return "";
}

}  // namespace liveblocks_tests::mixed
