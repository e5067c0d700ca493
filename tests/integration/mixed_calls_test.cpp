// Ten thousand asynchronous calls of all kinds over a real loop, to servers that do all sorts of things to them.
#include <cstddef>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include <liveblocks/http/loop_thread.hpp>

#include "catch.hpp"
#include "mixed_calls/clients.hpp"
#include "mixed_calls/expectation.hpp"
#include "mixed_calls/plan.hpp"
#include "mixed_calls/run.hpp"
#include "mixed_calls/world.hpp"

using namespace liveblocks_tests;
using liveblocks::Errc;
using liveblocks::http::LoopThread;

namespace {

/// None of them ends by itself.
std::vector<mixed::PlannedCall> planToWait(std::size_t count) {
  std::vector<mixed::PlannedCall> calls = mixed::plan(count);
  for (mixed::PlannedCall& call : calls) {
    call.fate = mixed::Fate::stalled;
    call.fateOfKeys = mixed::Fate::stalled;
    call.time.reset();
    call.cancelledAfter.reset();
  }
  return calls;
}

/// The end of the loop is an outcome that calls may have.
mixed::Verdicts ended(const mixed::PlannedCall& call) {
  return {call.kind == mixed::Kind::handle ? Errc::keysUnavailable : Errc::cancelled};
}

mixed::Verdicts permittedOrEnded(const mixed::PlannedCall& call) {
  mixed::Verdicts verdicts = mixed::permitted(call);
  verdicts.push_back(ended(call).front());
  return verdicts;
}

/// The calls are as mixed as they are meant to be.
void checkMixture(const mixed::Run& run) {
  CHECK(run.countOf(std::nullopt) > 1000);
  for (const Errc error : {Errc::timeout, Errc::connect, Errc::reset, Errc::tooLarge, Errc::upstream, Errc::notFound,
                           Errc::noToken, Errc::cancelled, Errc::keysUnavailable}) {
    CAPTURE(liveblocks::make_error_code(error).message());
    CHECK(run.countOf(error) > 0);
  }
}

}  // namespace

TEST_CASE("ten thousand mixed calls end once each, as their fates permit, and leave nothing") {
  const std::size_t filesBefore = countOpenFiles();
  {
    mixed::World world;
    auto thread = std::make_unique<LoopThread>();
    const std::size_t filesWithout = countOpenFiles();
    auto transport = mixed::makeTransport(thread->makeLoop());
    std::optional<mixed::Clients> clients(std::in_place, world.server, world.issuer, transport);
    mixed::Run run(*clients, mixed::plan(10000), world.places(*transport), mixed::permitted);
    run.beginAll(mixed::mostInFlight);
    run.cancelRest();
    run.awaitAll();
    mixed::checkOutcomes(run);
    checkMixture(run);

    clients.reset();
    CHECK(mixed::comesTrue([&] { return transport.use_count() == 1; }));
    constexpr std::size_t mostKept = mixed::idleConnections * (mixed::mostInFlight / 256 + 1);
    constexpr std::size_t ofLoop = 4;
    CHECK(mixed::comesTrue([&] { return countOpenFiles() <= filesWithout + 2 * mostKept + ofLoop; }));
    transport.reset();
    CHECK(mixed::comesTrue([&] { return countOpenFiles() == filesWithout; }));
    thread.reset();
    mixed::checkOutcomes(run);
  }
  CHECK(countOpenFiles() == filesBefore);
}

TEST_CASE("a loop that ends with hundreds of mixed calls in flight ends each of them once") {
  const std::size_t filesBefore = countOpenFiles();
  {
    mixed::World world;
    auto thread = std::make_unique<LoopThread>();
    auto transport = mixed::makeTransport(thread->makeLoop());
    mixed::Clients clients(world.server, world.issuer, transport);
    const bool doWait = GENERATE(true, false);
    // The rest begins in callbacks, when the loop has ended.
    mixed::Run run(clients, doWait ? planToWait(mixed::mostInFlight + 40) : mixed::plan(mixed::mostInFlight),
                   world.places(*transport), doWait ? ended : permittedOrEnded);
    run.beginFirst(mixed::mostInFlight);
    if (doWait) CHECK(mixed::comesTrue([&] { return world.server.requestCount() > mixed::mostInFlight / 2; }));
    run.expectEnd();
    thread.reset();
    run.awaitAll();
    mixed::checkOutcomes(run);
  }
  CHECK(countOpenFiles() == filesBefore);
}
