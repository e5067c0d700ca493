#include <liveblocks/testing/transport_check.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "testing/transport_check/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

struct Rule {
  const char* name;
  void (*check)(transport_check::Probe& probe);
};

constexpr std::array rules{
    Rule{"sends requests as they are", transport_check::checkRequests},
    Rule{"sends the target byte for byte", transport_check::checkTargets},
    Rule{"returns responses as they are", transport_check::checkAnswers},
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
};

/// Returns whether any request arrives; otherwise the rules would report nothing useful. If the transport does not
/// support a method, the rules report it.
bool reachesServer(http::Transport& transport, std::vector<TransportFinding>& findings, const char* rule) {
  transport_check::Server server([](const transport_check::Received&) { return transport_check::answer(200, ""); });
  std::string came;
  for (const auto& request : {transport_check::get(server.url()), transport_check::post(server.url(), "x")}) {
    std::vector<TransportFinding> thrown;
    transport_check::Probe probe(transport, rule, thrown);
    const transport_check::Outcome outcome = probe.send(request);
    if (server.requestCount() > 0) return true;
    came = thrown.empty() ? "send() returned " + transport_check::summary(outcome) : thrown.front().detail;
  }
  findings.push_back({rule, "no request reached the server: " + came});
  return false;
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
  for (const Rule& each : rules) {
    if (!isMeant(each)) continue;
    transport_check::Probe probe(transport, each.name, findings);
    each.check(probe);
  }
  return findings;
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
