/// What an exchange needs while it is in flight, and the pool that keeps that of asynchronous ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/curl/easy_handle.hpp"
#include "http/curl/request.hpp"
#include "http/curl/setup.hpp"
#include "http/curl/sockets.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

class Multi;

/// Serves one exchange at a time, always with the same host, so that most of its options stay. Its connections belong
/// to the multi handle that runs it.
class Transfer {
 public:
  /// With sockets, it shares connections with others. Throws `std::bad_alloc`.
  Transfer(std::string_view origin, Host host, const Settings& settings, Sockets* sockets);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() { static_cast<void>(release()); }

  /// The transfer that an easy handle belongs to; null for none, and where libcurl does not tell.
  static Transfer* of(CURL* easy) noexcept;

  CURL* easy() const noexcept { return easy_.get(); }
  const Host& host() const noexcept { return host_; }
  const std::string& origin() const noexcept { return easy_.origin(); }
  /// Of the last exchange.
  const Method& method() const noexcept { return method_; }
  /// Whether it writes to TLS connections.
  bool usesTls() const noexcept { return usesTls_; }

  /// Takes an exchange, and borrows the request. Throws `std::bad_alloc`, and then has taken nothing.
  void take(const Request& request, const Call& call, const UrlParts& parts);
  /// Owns what it has borrowed from now on.
  void own(Request& request, Transport::Completion& done) noexcept;
  const Call& call() const noexcept { return call_; }
  /// Sets the options of the exchange, for the first time or again. False when libcurl refuses one.
  bool prepare() noexcept;
  /// Whether it has refused the response, for its own reasons.
  bool hasFailed() const noexcept { return receiver_.reader->failure().has_value(); }
  /// Whether the header section of the response has arrived.
  bool hasResponse() const noexcept { return receiver_.reader && receiver_.reader->hasHeaders(); }
  Result<Response> outcome(CURLcode code);
  /// Whether to prepare it once more after that outcome, over a new connection.
  bool isWorthRepeating(const Result<Response>& outcome) const noexcept;
  /// Whether another exchange may follow.
  bool mayBeKept(const Result<Response>& outcome) const noexcept;
  /// Gives the exchange up and overwrites the request.
  Transport::Completion release() noexcept;

  /// The multi handle that runs it; null for none.
  Multi* multi() const noexcept { return multi_; }
  void setMulti(Multi* multi) noexcept { multi_ = multi; }

  // For the owner: where it is, what the exchange is called, and what would cancel it.
  std::size_t index() const noexcept { return index_; }
  void setIndex(std::size_t index) noexcept { index_ = index; }
  std::uint64_t id() const noexcept { return id_; }
  void setId(std::uint64_t id) noexcept { id_ = id; }
  void keep(CancellationRegistration registration) noexcept { registration_ = std::move(registration); }

 private:
  void setMethod(Method method);
  ConnectionUse connectionUse() const noexcept;

  const Settings& settings_;
  Sockets* const sockets_;
  EasyHandle easy_;
  const Host host_;
  const bool usesTls_;
  Method method_;
  Receiver receiver_;
  CURLcode optionCode_ = CURLE_OK;
  std::string target_;
  ConnectionUse use_ = ConnectionUse::any;

  Request request_;
  RequestLines lines_;
  std::string_view body_;
  Call call_{};
  Transport::Completion done_;
  int attempts_ = 0;

  Multi* multi_ = nullptr;
  std::size_t index_ = 0;
  std::uint64_t id_ = 0;
  CancellationRegistration registration_;
};

/// Keeps transfers for the next exchange. They hold memory, but no connections.
class TransferPool {
 public:
  /// Borrows both.
  TransferPool(const Settings& settings, Sockets& sockets) noexcept : settings_(settings), sockets_(sockets) {}

  /// `Errc::invalidRequest` for a request that must not be sent. Throws `std::bad_alloc`.
  Result<std::unique_ptr<Transfer>> take(const Request& request, const UrlParts& parts, bool allowInsecureHttp);
  void give(std::unique_ptr<Transfer> transfer) noexcept;
  void clear() noexcept { idle_.clear(); }

 private:
  const Settings& settings_;
  Sockets& sockets_;
  /// Longest idle first.
  std::vector<std::unique_ptr<Transfer>> idle_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
