/// The rules of docs/transport.md, "Custom transports", as checks, and the probe that they use.
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/http/transport.hpp>
#include <liveblocks/testing/transport_check.hpp>

#include "testing/transport_check/server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {

using Outcome = Result<http::Response>;

/// The time limit of calls that should succeed, long enough for a slow machine.
constexpr std::chrono::milliseconds ample{5000};
/// The time limit of calls that should time out.
constexpr std::chrono::milliseconds brief{150};

http::Call within(std::chrono::milliseconds time);
http::Request get(std::string url);
http::Request post(std::string url, std::string body);

/// Describes a result in a finding: status and size, or the code of the error.
std::string summary(const Outcome& outcome);

/// Which function of the transport sends.
enum class Way { send, start };

/// Sends through the transport under test and records findings.
class Probe {
 public:
  Probe(http::Transport& transport, Way way, std::string_view rule, std::vector<TransportFinding>& findings)
      : transport_(transport), way_(way), rule_(rule), findings_(findings) {}

  /// An exception becomes a finding and `Errc::internal`. Not thread-safe.
  Outcome send(const http::Request& request, const http::Call& call);
  Outcome send(const http::Request& request) { return send(request, within(ample)); }

  /// Sends a request whose result does not matter, only what the server receives.
  void sendOnly(const http::Request& request) { static_cast<void>(send(request)); }

  /// For rules that send from several threads. They must catch its exceptions themselves.
  Outcome sendUnguarded(const http::Request& request, const http::Call& call);

  /// Records `what` if the condition is false.
  void expect(bool condition, const std::string& what);
  /// Records anything except a response with that status and body.
  void expectResponse(const Outcome& outcome, int status, std::string_view body, const std::string& what);
  /// Records anything except that error.
  void expectError(const Outcome& outcome, Errc code, const std::string& what);

  http::Transport& transport() { return transport_; }

 private:
  http::Transport& transport_;
  Way way_;
  std::string_view rule_;
  std::vector<TransportFinding>& findings_;
};

// Messages.
void checkRequests(Probe& probe);
void checkTargets(Probe& probe);
void checkResponses(Probe& probe);
void checkBodyEnds(Probe& probe);
void checkRedirects(Probe& probe);
void checkCookies(Probe& probe);

// Limits.
void checkDeadline(Probe& probe);
void checkCancelling(Probe& probe);
void checkMaxBody(Probe& probe);

// Failures.
void checkBrokenConnections(Probe& probe);
void checkOnce(Probe& probe);
void checkExceptions(Probe& probe);

// Safety.
void checkInsecureHttp(Probe& probe);
void checkHeaderInjection(Probe& probe);
void checkErrorTexts(Probe& probe);
void checkThreads(Probe& probe);

// Asynchronous exchanges, in src/testing/transport_check/starting.cpp.
void checkStarting(Probe& probe);

/// What a transport does with an exchange that `start()` does not allow.
struct BrokenPromise : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Starts the exchange and waits for it. Throws `BrokenPromise`. Thread-safe.
Outcome sendByStarting(http::Transport& transport, const http::Request& request, const http::Call& call);

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
