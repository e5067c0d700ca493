/// @file
/// A check of custom transports against the rules of docs/transport.md. Part of the target `liveblocks::testing`, on
/// POSIX systems.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// A rule that a transport breaks.
struct TransportFinding {
  /// One of `transportRules()`.
  std::string rule;
  /// What was sent and what went wrong.
  std::string detail;
};

/// Returns the names of the rules of `checkTransport()`, such as `returns by the deadline`.
LIVEBLOCKS_EXPORT std::vector<std::string> transportRules();

/// Sends requests through `transport` to a server of its own, and returns findings about what does not work as the
/// library requires; none if everything does. An empty `rule` checks all rules, which takes about 3 s, or longer if the
/// transport times out. If no request reaches the server, a single finding says so. If the transport has a scheduler,
/// each rule is checked with `start()` too, which takes as long again; its loop must run on another thread.
///
/// The server runs in this process on one thread, which ends before the function returns. It listens on 127.0.0.1, on a
/// port chosen by the system, and uses HTTP/1.1 without TLS: verification of certificates and resolution of host names
/// are not checked. Thread-safe. Throws `std::invalid_argument` for an unknown rule and `std::runtime_error` if it
/// cannot listen.
LIVEBLOCKS_EXPORT std::vector<TransportFinding> checkTransport(http::Transport& transport, std::string_view rule = {});

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
