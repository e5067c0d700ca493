/// @file
/// Checks a transport of one's own against the rules of docs/transport.md. Part of the target `liveblocks::testing`, on
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
  /// What went wrong: what was asked, and what came.
  std::string detail;
};

/// The rules that `checkTransport()` knows, such as `returns by the deadline`.
LIVEBLOCKS_EXPORT std::vector<std::string> transportRules();

/// Sends requests through `transport` to a server of its own, and reports what is not as the library needs it. Empty:
/// all is well. Without a rule all are checked, which takes about 3 s; more where a transport waits in vain. One alone
/// says so where no request reaches the server.
///
/// The server is part of the process and does its work on one thread, which ends before the function returns. It
/// listens on 127.0.0.1, on a port that the system picks, and speaks HTTP/1.1 without TLS: that certificates are
/// verified is not checked, and no host name is resolved. Thread-safe. Throws `std::invalid_argument` for a rule that
/// does not exist and `std::runtime_error` when it cannot listen.
LIVEBLOCKS_EXPORT std::vector<TransportFinding> checkTransport(http::Transport& transport, std::string_view rule = {});

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
