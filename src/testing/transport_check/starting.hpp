/// Sending through `Transport::start()`.
#pragma once

#include <stdexcept>

#include <liveblocks/http/transport.hpp>

#include "testing/transport_check/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {

/// What a transport does with an exchange that `start()` does not allow.
struct BrokenPromise : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Starts the exchange and waits for it. Throws `BrokenPromise`. Thread-safe.
Outcome sendByStarting(http::Transport& transport, const http::Request& request, const http::Call& call);

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
