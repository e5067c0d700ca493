// Calls of all kinds over a context of Asio, to servers that do all sorts of things to them.
#include <liveblocks/adapters/asio_loop.hpp>

#include <cstddef>
#include <optional>
#include <thread>

#include "../mixed_calls/clients.hpp"
#include "../mixed_calls/expectation.hpp"
#include "../mixed_calls/run.hpp"
#include "../mixed_calls/world.hpp"
#include "catch.hpp"

namespace adapters = liveblocks::adapters;
namespace mixed = liveblocks_tests::mixed;
namespace net = adapters::detail::net;

TEST_CASE("Asio transport: mixed calls end once each, as their fates permit, and leave nothing") {
  const std::size_t filesBefore = liveblocks_tests::countOpenFiles();
  {
    mixed::World world;
    net::io_context io;
    auto transport = mixed::makeTransport(adapters::makeLoop(io));
    std::optional work(net::make_work_guard(io));
    std::thread runner([&] { io.run(); });
    std::optional<mixed::Clients> clients(std::in_place, world.server, world.issuer, transport);
    mixed::Run run(*clients, mixed::plan(3000), world.places(*transport), mixed::permitted);
    run.beginAll(mixed::mostInFlight);
    run.cancelRest();
    run.awaitAll();
    clients.reset();
    // The context runs out of work.
    work.reset();
    runner.join();
    mixed::checkOutcomes(run);
    CHECK(transport.use_count() == 1);
    transport.reset();
  }
  CHECK(liveblocks_tests::countOpenFiles() == filesBefore);
}
