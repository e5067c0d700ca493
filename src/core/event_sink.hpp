/// Telling the embedder's callables of events.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <liveblocks/core/events.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>

#include "core/logging.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

class EventSink;

/// Null if there is nobody to tell: then no event is made, and no clock is read for one.
using EventSinkPointer = std::shared_ptr<const EventSink>;

/// The callables of one client. Swallows what they throw. Thread-safe.
class EventSink {
 public:
  /// Null if all callables are empty. `log` is told of headers that are not sent.
  static EventSinkPointer make(const Events& events, const Log& log);

  EventSink(Events events, Log log) : events_(std::move(events)), log_(std::move(log)) {}

  /// nullopt if `begin` is empty or throws: then there is nothing to end.
  std::optional<Events::Span> begin(const Events::Exchange& exchange) const noexcept;
  void end(const std::optional<Events::Span>& span, const Events::Exchange& exchange) const noexcept;

  /// Whether requests get headers.
  bool propagates() const noexcept { return static_cast<bool>(events_.propagate); }
  /// Without the values that may not be sent.
  Events::TraceHeaders propagate(const std::optional<Events::Span>& span,
                                 const Events::Exchange& exchange) const noexcept;

  void verification(const Events::Verification& verification) const noexcept;
  void cacheLookup(std::string_view cache, std::string_view outcome) const noexcept;
  /// `outcome` is that of a success.
  template <class T>
  void webhook(std::string_view operation, const Result<T>& result, std::string_view outcome) const noexcept {
    if (result) return tell({operation, outcome});
    tell({operation, name(result.error().code), result.error().code});
  }

 private:
  void tell(const Events::Webhook& webhook) const noexcept;

  const Events events_;
  const Log log_;
  logging::Once badHeader_;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
