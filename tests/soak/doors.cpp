#include "doors.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/post.hpp>

#include <utility>

#include <liveblocks/adapters/asio.hpp>
#include <liveblocks/http/curl_transport.hpp>

namespace soak {
namespace {

namespace http = liveblocks::http;

std::shared_ptr<http::Transport> makeTransport(const std::shared_ptr<http::EventLoop>& loop) {
  http::CurlTransportOptions options;
  options.maxIdleConnections = keptConnections;
  return http::makeCurlTransport(options, loop);
}

}  // namespace

ServerDoor::ServerDoor(const std::string& upstreamUrl, const KeyRing& keys, Exchanges& exchanges, Ledger& ledger,
                       const Options& options)
    : door_(exchanges, Caching::on, ledger) {
  const auto transport = door_.record(makeTransport(liveblocks::adapters::makeLoop(context_)));
  application_.emplace(context_, makeEndpoint(upstreamUrl, keys, Caching::on, transport, ledger, options.lie), book_,
                       options);
  const beast_server::Application served{[this](std::string_view target) { return application_->maxBody(target); },
                                         [this](http::ReceivedRequest request, const Application::Respond& respond) {
                                           application_->handle(std::move(request), respond);
                                         }};
  server_.emplace(context_, boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0), served);
  port_ = server_->address().port();
  thread_ = std::thread([this] { context_.run(); });
}

ServerDoor::~ServerDoor() {
  boost::asio::post(context_, [this] { server_->stop([] {}); });
  thread_.join();
}

LoopDoor::LoopDoor(const std::string& upstreamUrl, const KeyRing& keys, Exchanges& exchanges, Ledger& ledger,
                   const Options& options)
    : door_(exchanges, Caching::off, ledger) {
  const auto transport = door_.record(makeTransport(thread_.makeLoop()));
  endpoint_.emplace(makeEndpoint(upstreamUrl, keys, Caching::off, transport, ledger, options.lie));
}

}  // namespace soak
