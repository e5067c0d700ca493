#include "http/curl/transfer.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include "core/text.hpp"
#include "http/curl/outcome.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

/// More would only help a program whose calls come in larger bursts.
constexpr std::size_t maxIdleTransfers = 128;

bool startsWithHttps(const std::string& url) { return ascii::startsWith(ascii::lower(url), "https"); }

}  // namespace

Transfer::Transfer(std::string_view origin, Host host, const Settings& settings, Sockets* sockets)
    : settings_(settings),
      sockets_(sockets),
      easy_(origin),
      host_(std::move(host)),
      usesTls_(host_.secure || startsWithHttps(settings.proxy)),
      receiver_{easy_.get(), {}} {}

Transfer* Transfer::of(CURL* easy) noexcept {
  char* transfer = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
  return static_cast<Transfer*>(static_cast<void*>(transfer));
}

void Transfer::take(const Request& request, const Call& call, const UrlParts& parts) {
  Method method = methodOf(request);
  if (!(method == method_)) setMethod(std::move(method));
  std::string target = requestTarget(host_, parts, settings_);
  if (target != target_ && optionCode_ == CURLE_OK) {
    optionCode_ = setTarget(easy(), target);
    target_ = std::move(target);
  }
  lines_.assign(request);
  body_ = request.body;
  call_ = call;
  attempts_ = 0;
}

void Transfer::own(Request& request, Transport::Completion& done) noexcept {
  request_ = std::move(request);
  body_ = request_.body;
  done_ = std::exchange(done, {});
}

void Transfer::setMethod(Method method) {
  method_ = {};
  target_.clear();
  use_ = ConnectionUse::any;
  optionCode_ = easy_.reset();
  const auto add = [&](CURLcode code) { optionCode_ = optionCode_ == CURLE_OK ? code : optionCode_; };
  add(setFixedOptions(host_, method, receiver_, settings_));
  add(curl_easy_setopt(easy(), CURLOPT_PRIVATE, static_cast<void*>(this)));
  if (sockets_ != nullptr) {
    add(setSharing(easy(), host_, settings_));
    add(sockets_->observe(easy()));
  }
  method_ = std::move(method);
}

ConnectionUse Transfer::connectionUse() const noexcept {
  const bool sharesConnections = sockets_ != nullptr;
  if (call_.once) return sharesConnections ? ConnectionUse::alone : ConnectionUse::fresh;
  return attempts_ > 1 ? ConnectionUse::fresh : ConnectionUse::any;
}

bool Transfer::prepare() noexcept {
  ++attempts_;
  easy_.clearErrorText();
  receiver_.reader.emplace(call_.maxBody);
  const ConnectionUse use = connectionUse();
  if (use != use_ && optionCode_ == CURLE_OK) optionCode_ = setConnectionUse(easy(), use);
  use_ = use;
  if (optionCode_ == CURLE_OK) optionCode_ = setOwnOptions(easy(), method_, body_, lines_, call_, settings_);
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
  body_ = {};
  lines_.clear();
  call_ = {};
  registration_ = {};
  return std::exchange(done_, {});
}

Result<std::unique_ptr<Transfer>> TransferPool::take(const Request& request, const UrlParts& parts,
                                                     bool allowInsecureHttp) {
  const Method method = methodOf(request);
  const auto found = std::find_if(idle_.rbegin(), idle_.rend(), [&](const auto& transfer) {
    return transfer->origin() == parts.origin && transfer->method() == method;
  });
  std::unique_ptr<Transfer> transfer;
  if (found != idle_.rend()) {
    transfer = std::move(*found);
    idle_.erase(std::next(found).base());
  } else {
    Result<Host> host = parseHost(parts.origin);
    if (!host) return host.error();
    transfer = std::make_unique<Transfer>(parts.origin, *std::move(host), settings_, &sockets_);
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
