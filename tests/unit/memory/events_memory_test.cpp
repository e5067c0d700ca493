// Calls that run out of memory while they are observed: each span ends once, and nothing is sent with half a header.

#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_scheduler.hpp>

#include <memory>
#include <new>
#include <string>

#include "out_of_memory.hpp"

namespace lb = liveblocks;
using liveblocks_tests::runOutOfMemory;

namespace {

struct Counts {
  int begun = 0;
  int ended = 0;
};

lb::LiveblocksOptions observed(const std::shared_ptr<Counts>& counts) {
  lb::LiveblocksOptions options;
  options.secret = "sk_testingtesting";
  options.baseUrl = "https://gateway-with-a-long-name.example.com";
  options.events.begin = [counts](const auto&) {
    auto span = std::make_shared<std::string>("a span with a text of its own");
    ++counts->begun;
    return span;
  };
  options.events.end = [counts](const auto&, const auto&) { ++counts->ended; };
  options.events.exchange = [](const auto& exchange) { const std::string kept(exchange.serverAddress); };
  options.events.propagate = [](const auto&, const auto&) {
    return lb::Events::TraceHeaders{"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1", {}};
  };
  return options;
}

}  // namespace

TEST_CASE("an observed call that runs out of memory ends each span it began") {
  const bool isAsync = GENERATE(false, true);
  bool isBroken = false;
  runOutOfMemory([&] {
    const auto counts = std::make_shared<Counts>();
    const auto scheduler = std::make_shared<lb::testing::ManualScheduler>();
    const auto transport = std::make_shared<lb::testing::FakeTransport>();
    if (isAsync) transport->setScheduler(scheduler);
    transport->pushJson(503, "{}");
    transport->pushJson(200, R"({"token":"a.b.c"})");
    return [&isBroken, isAsync, counts, scheduler, client = lb::Liveblocks(observed(counts), transport)] {
      try {
        if (isAsync) {
          client.identifyUserAsync({"bob"}, {}, [](const auto&) {});
        } else {
          static_cast<void>(client.identifyUser({"bob"}));
        }
      } catch (const std::bad_alloc&) {
        // As the blocking form may.
      }
      scheduler->runUntil((lb::Deadline::max)());
      if (counts->begun != counts->ended) isBroken = true;
    };
  });
  CHECK_FALSE(isBroken);
}
