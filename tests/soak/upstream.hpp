/// Clerk and Liveblocks on a port of 127.0.0.1, as hostile as the weather.
#pragma once

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <thread>

#include "exchanges.hpp"
#include "fate.hpp"
#include "keys.hpp"
#include "ledger.hpp"
#include "options.hpp"

namespace soak {

/// Users whose ids begin like this have been deleted at Clerk.
constexpr const char* goneUser = "user_gone";

/// The name of a user at Clerk.
std::string nameOf(const std::string& userId);
std::string avatarOf(const std::string& userId);

/// With a thread of its own.
class Upstream {
 public:
  Upstream(const KeyRing& keys, Exchanges& exchanges, Ledger& ledger, const Options& options);
  Upstream(const Upstream&) = delete;
  Upstream& operator=(const Upstream&) = delete;
  ~Upstream();

  /// `http://127.0.0.1:port`.
  const std::string& url() const noexcept { return url_; }

  /// @{
  /// From any thread; they return when it is done.
  void setWeather(const Weather& weather);
  /// Refuses connections, and ends those that there are.
  void refuse();
  void accept();
  void closeConnections();
  /// @}

 private:
  class State;
  class Connection;

  /// Runs it on the thread of the upstream.
  template <class Run>
  void call(const Run& run);

  boost::asio::io_context context_{1};
  std::shared_ptr<State> state_;
  std::string url_;
  std::thread thread_;
};

}  // namespace soak
