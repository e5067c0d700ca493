/// Asynchronous exchanges of the fakes.
#pragma once

#include <memory>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/scheduler.hpp>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Completes an exchange on the scheduler: with that outcome at that time, sooner with `Errc::timeout` at the deadline
/// of the call or with `Errc::cancelled` after its cancellation. Takes `done`, unless it throws `std::bad_alloc`.
void completeAt(Deadline when, Result<http::Response> outcome, const http::Call& call,
                http::Transport::Completion& done, const std::shared_ptr<http::Scheduler>& scheduler);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
