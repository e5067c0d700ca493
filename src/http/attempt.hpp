/// One attempt to send a request, as the embedder's callables see it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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
  /// May be null.
  liveblocks::detail::EventSinkPointer sink = {};
  /// One of `operations`.
  std::string_view operation = {};
};

/// Tells of its beginning when it is made, and once of its end: at the latest when it is destroyed. If there is no
/// memory to describe it, it tells of neither.
class Attempt {
 public:
  /// Borrows the sink of the watch, which must not be null, and the runtime. `number` counts from 1.
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
