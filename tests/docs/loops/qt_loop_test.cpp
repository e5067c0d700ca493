#include "qt_loop.hpp"

#include <liveblocks/http/curl_transport.hpp>

#include <array>
#include <optional>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "loop_exchanges.hpp"

using liveblocks_tests::LoopbackServer;

namespace {

/// An application of Qt with a transport.
struct Host {
  int count = 1;
  std::array<char, 5> name{"test"};
  std::array<char*, 2> arguments{name.data(), nullptr};
  QCoreApplication application{count, arguments.data()};
  // async.md Qt transport: begin
  std::shared_ptr<liveblocks::http::Transport> transport =
      liveblocks::http::makeCurlTransport({}, std::make_shared<QtLoop>());
  // async.md Qt transport: end
};

}  // namespace

TEST_CASE("docs: exchanges in an application of Qt") {
  const LoopbackServer server(liveblocks_tests::eachRequest(liveblocks_tests::respondOk));
  Host host;
  int left = 20;
  for (int i = 0; i < 20; ++i) {
    liveblocks_tests::startGet(*host.transport, server.url(), [&](const auto& outcome) {
      CHECK(outcome.ok());
      if (--left == 0) QCoreApplication::quit();
    });
  }
  QCoreApplication::exec();
  CHECK(left == 0);
}

TEST_CASE("docs: Qt exchanges of other threads, and cancelled ones") {
  const LoopbackServer server([](liveblocks_tests::Connection& connection) { connection.awaitClose(); });
  Host host;
  const liveblocks::CancellationSource source;
  std::optional<liveblocks::Errc> error;
  std::thread([&] {
    const auto done = [&](const auto& outcome) {
      error = outcome.error().code;
      QCoreApplication::quit();
    };
    liveblocks_tests::startGet(*host.transport, server.url(), done, source.token());
    source.cancel();
  }).join();
  QCoreApplication::exec();
  CHECK(error == liveblocks::Errc::cancelled);
}

TEST_CASE("docs: an application of Qt that quits cancels what is in flight") {
  const LoopbackServer server([](liveblocks_tests::Connection& connection) { connection.awaitClose(); });
  Host host;
  std::optional<liveblocks::Errc> error;
  liveblocks_tests::startGet(*host.transport, server.url(), [&](const auto& outcome) { error = outcome.error().code; });
  QTimer::singleShot(20, &QCoreApplication::quit);
  QCoreApplication::exec();
  CHECK(error == liveblocks::Errc::cancelled);
}
