/// The rules of docs/transport.md, "Bring your own", as checks.
#pragma once

#include "testing/transport_check/probe.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {

// Messages.
void checkRequests(Probe& probe);
void checkTargets(Probe& probe);
void checkAnswers(Probe& probe);
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

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
