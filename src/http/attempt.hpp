/// One attempt to send a request, as the embedder's callables see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/events.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

#include "core/event_sink.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

class RetryRuntime;

/// Who is told of the attempts of a call, and under what name.
struct Watch {
  Watch() = default;
  /// `sink` may be null: then nothing is told, and the name of the operation is not kept.
  Watch(liveblocks::detail::EventSinkPointer observer, std::string_view name)
      : sink(std::move(observer)), operation(sink == nullptr ? std::string_view() : name) {}

  /// May be null.
  liveblocks::detail::EventSinkPointer sink = {};
  /// One of `operations`, or that of a call, which is over before the last event is told.
  std::string operation = {};
};

/// Tells of its beginning when it is made, and once of its end: at the latest when it is destroyed. If there is no
/// memory to describe it, it tells of neither.
class Attempt {
 public:
  /// Borrows the watch, whose sink must not be null, and the runtime. `number` counts from 1.
  Attempt(const Watch& watch, const Request& request, int number, const RetryRuntime& runtime) noexcept;
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;
  ~Attempt();

  /// The headers of trace propagation, in the order in which they are sent.
  std::vector<Header> traceHeaders() const;

  void end(const Result<Response>& outcome) noexcept;

 private:
  void finish() noexcept;

  const liveblocks::detail::EventSink& sink_;
  const RetryRuntime& runtime_;
  std::string method_;
  std::string serverAddress_;
  Events::Exchange exchange_;
  std::optional<Events::Span> span_;
  Deadline begunAt_;
  bool isOpen_ = false;
};

/// Adds headers to a request.
void append(std::vector<Header> headers, Request& request);

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
