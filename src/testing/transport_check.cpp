#include <liveblocks/testing/transport_check.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <stdexcept>
#include <utility>

#include "core/errors.hpp"
#include "testing/transport_check/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

std::string nameOf(Errc code) { return make_error_code(code).message(); }

}  // namespace

http::Call within(std::chrono::milliseconds time) { return http::Call{std::chrono::steady_clock::now() + time}; }

http::Request get(std::string url) { return {"GET", std::move(url), {}, {}}; }

http::Request post(std::string url, std::string body) { return {"POST", std::move(url), {}, std::move(body)}; }

std::string summary(const Outcome& outcome) {
  if (!outcome) return "the error \"" + nameOf(outcome.error().code) + '"';
  return "status " + std::to_string(outcome->status) + " with " + std::to_string(outcome->body.size()) + " bytes";
}

Outcome Probe::send(const http::Request& request, const http::Call& call) {
  const std::string name = way_ == Way::send ? "send()" : "start()";
  try {
    return sendUnguarded(request, call);
  } catch (const BrokenPromise& broken) {
    expect(false, broken.what());
  } catch (const std::exception& exception) {
    expect(false, name + " threw an exception: " + exception.what());
  } catch (...) {
    expect(false, name + " threw something that is not a std::exception");
  }
  return errors::internal();
}

Outcome Probe::sendUnguarded(const http::Request& request, const http::Call& call) {
  return way_ == Way::send ? transport_.send(request, call) : sendByStarting(transport_, request, call);
}

void Probe::expect(bool condition, const std::string& what) {
  if (condition) return;
  findings_.push_back({std::string(rule_), (way_ == Way::send ? "" : "with start(): ") + what});
}

void Probe::expectResponse(const Outcome& outcome, int status, std::string_view body, const std::string& what) {
  const bool isRight = outcome && outcome->status == status && outcome->body == body;
  expect(isRight, what + ": expected status " + std::to_string(status) + " with " + std::to_string(body.size()) +
                      " bytes, got " + summary(outcome));
}

void Probe::expectError(const Outcome& outcome, Errc code, const std::string& what) {
  const bool isRight = !outcome && outcome.error().code == code;
  expect(isRight, what + ": expected the error \"" + nameOf(code) + "\", got " + summary(outcome));
}

}  // namespace testing::transport_check

namespace testing {
namespace {

using transport_check::Way;

struct Rule {
  const char* name;
  void (*check)(transport_check::Probe& probe);
};

/// About `start()` alone.
constexpr const char* completionRule = "completes once what it starts, later and on its scheduler";

constexpr std::array rules{
    Rule{"sends requests as they are", transport_check::checkRequests},
    Rule{"sends the target byte for byte", transport_check::checkTargets},
    Rule{"returns responses as they are", transport_check::checkResponses},
    Rule{"finds the end of each body", transport_check::checkBodyEnds},
    Rule{"follows no redirects", transport_check::checkRedirects},
    Rule{"keeps no cookies", transport_check::checkCookies},
    Rule{"returns by the deadline", transport_check::checkDeadline},
    Rule{"can be cancelled", transport_check::checkCancelling},
    Rule{"takes no more than maxBody", transport_check::checkMaxBody},
    Rule{"reports broken connections", transport_check::checkBrokenConnections},
    Rule{"sends once what must be sent once", transport_check::checkOnce},
    Rule{"throws nothing", transport_check::checkExceptions},
    Rule{"sends plain http to loopback hosts only", transport_check::checkInsecureHttp},
    Rule{"lets no header value become a header", transport_check::checkHeaderInjection},
    Rule{"tells no header value in an error", transport_check::checkErrorTexts},
    Rule{"serves many threads at once", transport_check::checkThreads},
    Rule{completionRule, transport_check::checkStarting},
};

/// Returns whether any request arrives; otherwise the rules would report nothing useful. If the transport does not
/// support a method, the rules report it.
bool reachesServer(http::Transport& transport, std::vector<TransportFinding>& findings, const char* rule) {
  transport_check::Server server([](const transport_check::Received&) { return transport_check::respond(200, ""); });
  std::string came;
  for (const auto& request : {transport_check::get(server.url()), transport_check::post(server.url(), "x")}) {
    std::vector<TransportFinding> thrown;
    transport_check::Probe probe(transport, Way::send, rule, thrown);
    const transport_check::Outcome outcome = probe.send(request);
    if (server.requestCount() > 0) return true;
    came = thrown.empty() ? "send() returned " + transport_check::summary(outcome) : thrown.front().detail;
  }
  findings.push_back({rule, "no request reached the server: " + came});
  return false;
}

bool hasScheduler(const http::Transport& transport) noexcept {
  try {
    return transport.scheduler() != nullptr;
  } catch (...) {
    return false;  // A finding of its own.
  }
}

void check(const Rule& rule, http::Transport& transport, Way way, std::vector<TransportFinding>& findings) {
  transport_check::Probe probe(transport, way, rule.name, findings);
  rule.check(probe);
}

}  // namespace

std::vector<std::string> transportRules() {
  std::vector<std::string> names;
  names.reserve(rules.size());
  for (const Rule& rule : rules) names.emplace_back(rule.name);
  return names;
}

std::vector<TransportFinding> checkTransport(http::Transport& transport, std::string_view rule) {
  const auto isMeant = [&](const Rule& each) { return rule.empty() || rule == each.name; };
  const auto* const first = std::find_if(rules.begin(), rules.end(), isMeant);
  if (first == rules.end()) {
    throw std::invalid_argument("checkTransport() knows no such rule; transportRules() has them");
  }
  std::vector<TransportFinding> findings;
  if (!reachesServer(transport, findings, first->name)) return findings;
  const bool isAsynchronous = hasScheduler(transport);
  for (const Rule& each : rules) {
    if (!isMeant(each)) continue;
    check(each, transport, Way::send, findings);
    if (isAsynchronous && each.name != completionRule) check(each, transport, Way::start, findings);
  }
  return findings;
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
