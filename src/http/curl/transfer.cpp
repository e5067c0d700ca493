#include "http/curl/transfer.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include "http/curl/outcome.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

/// More would only help a program whose calls come in larger bursts.
constexpr std::size_t maxIdleTransfers = 128;

CURLcode setUp(Transfer* transfer, const Host& host, const Method& method, Receiver& receiver, const Settings& settings,
               Sockets& sockets) {
  CURLcode code = setFixedOptions(host, method, receiver, settings);
  if (code == CURLE_OK) code = setSharing(receiver.easy, host, settings);
  if (code == CURLE_OK) code = sockets.observe(receiver.easy);
  if (code == CURLE_OK) code = curl_easy_setopt(receiver.easy, CURLOPT_PRIVATE, static_cast<void*>(transfer));
  return code;
}

}  // namespace

Transfer::Transfer(std::string_view origin, Host host, Method method, const Settings& settings, Sockets& sockets)
    : settings_(settings),
      easy_(origin),
      host_(std::move(host)),
      method_(std::move(method)),
      receiver_{easy_.get(), {}},
      optionCode_(setUp(this, host_, method_, receiver_, settings, sockets)) {}

Transfer& Transfer::of(CURL* easy) noexcept {
  char* transfer = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
  return *static_cast<Transfer*>(static_cast<void*>(transfer));
}

bool Transfer::serves(std::string_view origin, const Method& method) const noexcept {
  return easy_.origin() == origin && method_ == method;
}

void Transfer::take(Request& request, const Call& call, Transport::Completion& done, const UrlParts& parts) {
  std::string target = requestTarget(host_, parts, settings_);
  if (target != target_ && optionCode_ == CURLE_OK) {
    optionCode_ = setTarget(easy(), target);
    target_ = std::move(target);
  }
  lines_.assign(request);
  call_ = call;
  request_ = std::move(request);
  done_ = std::exchange(done, {});
  attempts_ = 0;
}

bool Transfer::prepare() noexcept {
  ++attempts_;
  easy_.clearErrorText();
  receiver_.reader.emplace(call_.maxBody);
  const ConnectionUse again = attempts_ > 1 ? ConnectionUse::fresh : ConnectionUse::any;
  const ConnectionUse use = call_.once ? ConnectionUse::alone : again;
  if (use != use_ && optionCode_ == CURLE_OK) optionCode_ = setConnectionUse(easy(), use);
  use_ = use;
  if (optionCode_ == CURLE_OK) optionCode_ = setOwnOptions(easy(), method_, request_.body, lines_, call_, settings_);
  return optionCode_ == CURLE_OK;
}

Result<Response> Transfer::outcome(CURLcode code) { return outcomeOf(code, *receiver_.reader, easy_, call_.deadline); }

bool Transfer::isWorthRepeating(const Result<Response>& outcome) const noexcept {
  return attempts_ == 1 && !outcome && isStale(easy_, outcome.error());
}

bool Transfer::mayBeKept(const Result<Response>& outcome) const noexcept {
  return outcome.ok() && !receiver_.reader->mustClose();
}

Transport::Completion Transfer::release() noexcept {
  detail::wipe(request_);
  request_ = {};
  lines_.clear();
  call_ = {};
  registration_ = {};
  return std::exchange(done_, {});
}

Result<std::unique_ptr<Transfer>> TransferPool::take(const Request& request, const UrlParts& parts,
                                                     bool allowInsecureHttp) {
  Method method = methodOf(request);
  const auto found = std::find_if(idle_.rbegin(), idle_.rend(),
                                  [&](const auto& transfer) { return transfer->serves(parts.origin, method); });
  std::unique_ptr<Transfer> transfer;
  if (found != idle_.rend()) {
    transfer = std::move(*found);
    idle_.erase(std::next(found).base());
  } else {
    Result<Host> host = parseHost(parts.origin);
    if (!host) return host.error();
    transfer = std::make_unique<Transfer>(parts.origin, *std::move(host), std::move(method), settings_, sockets_);
  }
  if (std::optional<Error> error = checkSecurity(transfer->host(), allowInsecureHttp)) return *std::move(error);
  return transfer;
}

void TransferPool::give(std::unique_ptr<Transfer> transfer) noexcept {
  try {
    idle_.push_back(std::move(transfer));
    if (idle_.size() > maxIdleTransfers) idle_.erase(idle_.begin());
  } catch (const std::bad_alloc&) {
    // One less to keep.
  }
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
