#include "upstream.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <future>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/json.hpp>

#include "dice.hpp"

namespace soak {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using Tcp = net::ip::tcp;
using Request = beast::http::request<beast::http::string_body>;
using liveblocks::Json;

constexpr std::uint32_t upstreamStream = 1;
constexpr std::chrono::seconds stallTime{12};

enum class Ending { keep, close, reset };

/// How a response gets onto the wire.
struct Delivery {
  milliseconds delay{0};
  std::vector<std::string> pieces = {};
  milliseconds gap{0};
  Ending ending = Ending::keep;
};

std::string wireOf(const Served& served) {
  std::string wire = "HTTP/1.1 " + std::to_string(served.status) + " Status\r\nContent-Type: application/json\r\n";
  if (served.status == 429) wire += "Retry-After: 1\r\n";
  return wire + "Content-Length: " + std::to_string(served.body.size()) + "\r\n\r\n" + served.body;
}

std::vector<std::string> inPieces(const std::string& wire, std::size_t count) {
  std::vector<std::string> pieces;
  const std::size_t size = wire.size() / count + 1;
  for (std::size_t at = 0; at < wire.size(); at += size) pieces.push_back(wire.substr(at, size));
  return pieces;
}

Delivery deliveryOf(const Served& served, Dice& dice) {
  const std::string wire = wireOf(served);
  switch (served.fate) {
    case Fate::slow:
      return {milliseconds(dice.between(100, 900)), {wire}};
    case Fate::drip:
      return {milliseconds(0), inPieces(wire, 6), milliseconds(dice.between(5, 100))};
    case Fate::reset:
      return {milliseconds(dice.between(0, 50)), {}, {}, Ending::reset};
    case Fate::truncated:
      return {milliseconds(0), {wire.substr(0, wire.size() - 3)}, {}, Ending::close};
    case Fate::empty:
      return {milliseconds(dice.between(0, 20)), {}, {}, Ending::close};
    default:
      return {milliseconds(0), {wire}};
  }
}

bool startsWith(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

Served userResponse(const std::string& id) {
  if (startsWith(id, goneUser)) return {Fate::prompt, 404, R"({"errors":[{"code":"resource_not_found"}]})"};
  const Json user = Json::object({{"id", id}, {"first_name", nameOf(id)}, {"image_url", avatarOf(id)}});
  return {Fate::prompt, 200, user.text()};
}

}  // namespace

std::string nameOf(const std::string& userId) { return "Name of " + userId; }

std::string avatarOf(const std::string& userId) { return "https://img.example.com/" + userId; }

/// For the thread of the upstream.
class Upstream::State : public std::enable_shared_from_this<State> {
 public:
  State(net::io_context& context, const KeyRing& keys, Exchanges& exchanges, Ledger& ledger, const Options& options)
      : context_(context),
        keys_(keys),
        exchanges_(exchanges),
        ledger_(ledger),
        lie_(options.lie),
        dice_(options.seed, upstreamStream),
        reservation_(context) {
    // A port without a listener refuses connections, and nobody else gets it meanwhile.
    reservation_.open(Tcp::v4());
    reservation_.set_option(Tcp::acceptor::reuse_address(true));
    reservation_.bind({net::ip::address_v4::loopback(), 0});
  }

  unsigned short port() const { return reservation_.local_endpoint().port(); }
  Dice& dice() { return dice_; }

  void listen() {
    acceptor_.emplace(context_, Tcp::endpoint(net::ip::address_v4::loopback(), port()));
    accept();
  }

  void refuse() {
    acceptor_.reset();
    closeConnections();
  }

  void closeConnections();
  void remove(Connection* connection) { connections_.erase(connection); }

  void setWeather(const Weather& weather) { weather_ = weather; }

  Served respond(const Request& request) {
    const std::string target(request.target());
    Service service = Service::tokens;
    Served served;
    if (target == "/v1/jwks") {
      service = Service::keys;
      served = {Fate::prompt, 200, keys_.jwks()};
    } else if (startsWith(target, "/v1/users/")) {
      service = Service::users;
      served = userResponse(target.substr(target.rfind('/') + 1));
    } else {
      served = tokenResponse(request.body());
    }
    spoil(service, served);
    const auto id = request.find(exchangeHeader);
    if (id != request.end()) exchanges_.serve(std::stoull(std::string(id->value())), served);
    return served;
  }

 private:
  void accept();

  /// The token tells what was asked for.
  Served tokenResponse(std::string body) {
    if (keptBody_.empty()) keptBody_ = body;
    if (lie_ == Lie::confuseUsers && dice_.percent(10)) body = std::exchange(keptBody_, body);
    const Json content = Json::object({{"serial", ++serial_}, {"request", body}});
    return {Fate::prompt, 200, Json::object({{"token", content.text()}}).text()};
  }

  void spoil(Service service, Served& served) {
    const Weather::Of& weather = weather_.of(service);
    if (!dice_.percent(weather.percent)) return;
    served.fate = dice_.pick(weather.fates);
    ledger_.count("responses that the upstream spoiled");
    if (served.fate == Fate::status500) served = {served.fate, 500, "{}"};
    if (served.fate == Fate::status503) served = {served.fate, 503, "{}"};
    if (served.fate == Fate::status429) served = {served.fate, 429, "{}"};
    if (served.fate == Fate::garbage) served = {served.fate, 200, "<html>Welcome</html>"};
  }

  net::io_context& context_;
  const KeyRing& keys_;
  Exchanges& exchanges_;
  Ledger& ledger_;
  const Lie lie_;
  Dice dice_;
  Tcp::acceptor reservation_;
  std::optional<Tcp::acceptor> acceptor_;
  std::set<Connection*> connections_;
  Weather weather_;
  std::string keptBody_;
  std::uint64_t serial_ = 0;
};

/// Kept alive by what it waits for.
class Upstream::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Tcp::socket socket, std::shared_ptr<State> upstream)
      : upstream_(std::move(upstream)), stream_(std::move(socket)), timer_(stream_.get_executor()) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { upstream_->remove(this); }

  // NOLINTBEGIN(misc-no-recursion): each begins an operation, whose end calls the next one.
  void read() {
    request_ = {};
    beast::http::async_read(stream_, buffer_, request_,
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (!error) self->respond();
                            });
  }

  void close() {
    timer_.cancel();
    beast::error_code ignored;
    stream_.socket().close(ignored);
  }

 private:
  void respond() {
    const Served served = upstream_->respond(request_);
    if (served.fate == Fate::stalled) return stall();
    delivery_ = deliveryOf(served, upstream_->dice());
    next_ = 0;
    after(delivery_.delay);
  }

  /// Until the client gives up.
  void stall() {
    stream_.expires_after(stallTime);
    stream_.async_read_some(net::buffer(unread_), [self = shared_from_this()](beast::error_code, std::size_t) {});
  }

  void after(milliseconds delay) {
    if (delay.count() == 0) return write();
    timer_.expires_after(delay);
    timer_.async_wait([self = shared_from_this()](beast::error_code error) {
      if (!error) self->write();
    });
  }

  void write() {
    if (next_ == delivery_.pieces.size()) return end();
    net::async_write(
        stream_, net::buffer(delivery_.pieces[next_++]),
        [self = shared_from_this()](beast::error_code error, std::size_t) {
          if (!error) self->after(self->next_ < self->delivery_.pieces.size() ? self->delivery_.gap : milliseconds(0));
        });
  }

  void end() {
    if (delivery_.ending == Ending::keep) return read();
    beast::error_code ignored;
    if (delivery_.ending == Ending::reset) {
      stream_.socket().set_option(net::socket_base::linger(true, 0), ignored);
    } else {
      stream_.socket().shutdown(Tcp::socket::shutdown_send, ignored);
    }
    stream_.socket().close(ignored);
  }
  // NOLINTEND(misc-no-recursion)

  std::shared_ptr<State> upstream_;
  beast::tcp_stream stream_;
  net::steady_timer timer_;
  beast::flat_buffer buffer_;
  Request request_;
  Delivery delivery_;
  std::size_t next_ = 0;
  std::array<char, 64> unread_{};
};

void Upstream::State::closeConnections() {
  for (Connection* connection : connections_) connection->close();
}

void Upstream::State::accept() {
  acceptor_->async_accept([self = shared_from_this()](beast::error_code error, Tcp::socket socket) {
    if (error) return;
    beast::error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    const auto connection = std::make_shared<Connection>(std::move(socket), self);
    self->connections_.insert(connection.get());
    connection->read();
    if (self->acceptor_) self->accept();
  });
}

Upstream::Upstream(const KeyRing& keys, Exchanges& exchanges, Ledger& ledger, const Options& options)
    : state_(std::make_shared<State>(context_, keys, exchanges, ledger, options)),
      url_("http://127.0.0.1:" + std::to_string(state_->port())),
      thread_([this] {
        state_->listen();
        const auto work = net::make_work_guard(context_);
        context_.run();
      }) {}

Upstream::~Upstream() {
  call([this] { state_->refuse(); });
  context_.stop();
  thread_.join();
}

template <class Run>
void Upstream::call(const Run& run) {
  std::promise<void> done;
  net::post(context_, [&] {
    run();
    done.set_value();
  });
  done.get_future().wait();
}

void Upstream::setWeather(const Weather& weather) {
  call([&] { state_->setWeather(weather); });
}

void Upstream::refuse() {
  call([this] { state_->refuse(); });
}

void Upstream::accept() {
  call([this] { state_->listen(); });
}

void Upstream::closeConnections() {
  call([this] { state_->closeConnections(); });
}

}  // namespace soak
