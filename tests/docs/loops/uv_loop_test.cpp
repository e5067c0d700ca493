#include "uv_loop.hpp"

#include <liveblocks/http/curl_transport.hpp>

#include <optional>
#include <thread>

#include "catch.hpp"
#include "loop_exchanges.hpp"

using liveblocks_tests::LoopbackServer;

namespace {

/// A loop of libuv that is closed as libuv wants it.
struct Host {
  Host() { uv_loop_init(&uv); }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  ~Host() {
    uv_run(&uv, UV_RUN_DEFAULT);
    CHECK(uv_loop_close(&uv) == 0);
  }

  uv_loop_t uv{};
};

}  // namespace

TEST_CASE("docs: libuv runs until all exchanges have ended") {
  const LoopbackServer server(liveblocks_tests::eachRequest(liveblocks_tests::respondOk));
  Host host;
  const auto loop = std::make_shared<UvLoop>(&host.uv);
  const auto transport = liveblocks::http::makeCurlTransport({}, loop);
  int responses = 0;
  for (int i = 0; i < 20; ++i) {
    liveblocks_tests::startGet(*transport, server.url(), [&](const auto& outcome) {
      CHECK(outcome.ok());
      ++responses;
    });
  }
  uv_run(&host.uv, UV_RUN_DEFAULT);
  CHECK(responses == 20);
  loop->close();
}

TEST_CASE("docs: libuv exchanges of other threads, and cancelled ones") {
  const LoopbackServer server([](liveblocks_tests::Connection& connection) { connection.awaitClose(); });
  Host host;
  const auto loop = std::make_shared<UvLoop>(&host.uv);
  const auto transport = liveblocks::http::makeCurlTransport({}, loop);
  const liveblocks::CancellationSource source;
  std::vector<liveblocks::Errc> errors;
  const auto note = [&](const auto& outcome) { errors.push_back(outcome.error().code); };
  liveblocks_tests::startGet(*transport, server.url(), note, source.token());
  std::thread([&] {
    liveblocks_tests::startGet(*transport, server.url(), note, source.token());
    source.cancel();
  }).join();
  uv_run(&host.uv, UV_RUN_DEFAULT);
  CHECK(errors == std::vector<liveblocks::Errc>(2, liveblocks::Errc::cancelled));
  loop->close();
}

TEST_CASE("docs: a loop of libuv that is closed cancels what is in flight") {
  const LoopbackServer server([](liveblocks_tests::Connection& connection) { connection.awaitClose(); });
  Host host;
  const auto loop = std::make_shared<UvLoop>(&host.uv);
  const auto transport = liveblocks::http::makeCurlTransport({}, loop);
  std::optional<liveblocks::Errc> error;
  liveblocks_tests::startGet(*transport, server.url(), [&](const auto& outcome) { error = outcome.error().code; });
  uv_run(&host.uv, UV_RUN_NOWAIT);
  loop->close();
  CHECK(error == liveblocks::Errc::cancelled);
}

TEST_CASE("docs: a transport on libuv may be dropped by a completion") {
  const LoopbackServer server(liveblocks_tests::eachRequest(liveblocks_tests::respondOk));
  Host host;
  auto transport = liveblocks::http::makeCurlTransport({}, std::make_shared<UvLoop>(&host.uv));
  bool isDone = false;
  liveblocks_tests::startGet(*transport, server.url(), [&](const auto&) {
    transport.reset();
    isDone = true;
  });
  uv_run(&host.uv, UV_RUN_DEFAULT);
  CHECK(isDone);
}
