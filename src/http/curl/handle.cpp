#include "http/curl/handle.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include "http/curl/outcome.hpp"
#include "http/curl/sigpipe_guard.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {
/// Milliseconds between two looks at `Call::cancelled`. libcurl also wakes for data and for its own time limits.
constexpr int cancelPoll = 50;
constexpr int idlePoll = 1000;

/// Until shortly after the deadline at most: libcurl may have forgotten it, and looks again whenever it is asked.
int pollTime(const Call& call) noexcept {
  const std::chrono::milliseconds most(call.cancelled ? cancelPoll : idlePoll);
  return static_cast<int>(std::min(most, timeUntil(call.deadline) + std::chrono::milliseconds(1)).count());
}

/// Keeps the easy handle in the multi handle for a while.
class Membership {
 public:
  Membership(CURLM* multi, CURL* easy) noexcept
      : multi_(multi), easy_(easy), code_(curl_multi_add_handle(multi, easy)) {}
  Membership(const Membership&) = delete;
  Membership& operator=(const Membership&) = delete;
  ~Membership() { curl_multi_remove_handle(multi_, easy_); }

  CURLMcode code() const noexcept { return code_; }

 private:
  CURLM* multi_;
  CURL* easy_;
  CURLMcode code_;
};

CURLcode toEasyCode(CURLMcode code) noexcept {
  return code == CURLM_OUT_OF_MEMORY ? CURLE_OUT_OF_MEMORY : CURLE_FAILED_INIT;
}

}  // namespace

void Handle::MultiDeleter::operator()(CURLM* multi) const noexcept {
  const SigpipeGuard guard(usesTls_);
  curl_multi_cleanup(multi);
}

Handle::Handle(std::string_view origin, Host host, const Settings& settings)
    : transfer_(origin, std::move(host), settings, nullptr),
      multi_(curl_multi_init(), MultiDeleter(transfer_.usesTls())) {
  if (!multi_) throw std::bad_alloc();
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 1L);
}

Result<Response> Handle::send(const Request& request, const Call& call, const UrlParts& parts) {
  transfer_.take(request, call, parts);
  for (;;) {
    if (std::optional<Error> error = refusal(call)) return *std::move(error);
    if (!transfer_.prepare()) return optionError();
    Result<Response> outcome = sendOnce(call);
    if (!transfer_.isWorthRepeating(outcome)) return outcome;
  }
}

Result<Response> Handle::sendOnce(const Call& call) {
  const std::optional<CURLcode> ended = perform(call);
  if (!ended && !transfer_.hasFailed()) return cancelledError();
  return transfer_.outcome(ended.value_or(CURLE_OK));
}

/// nullopt: `call.cancelled` ended it.
std::optional<CURLcode> Handle::perform(const Call& call) {
  const SigpipeGuard guard(transfer_.usesTls());
  const Membership membership(multi_.get(), transfer_.easy());
  CURLMcode code = membership.code();
  for (int running = 1; code == CURLM_OK;) {
    code = curl_multi_perform(multi_.get(), &running);
    if (code != CURLM_OK || running == 0) break;
    if (call.cancelled && call.cancelled()) return std::nullopt;
    code = curl_multi_poll(multi_.get(), nullptr, 0, pollTime(call), nullptr);
  }
  if (code != CURLM_OK) return toEasyCode(code);
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(multi_.get(), &left);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): libcurl's interface.
  return message == nullptr ? CURLE_FAILED_INIT : message->data.result;
}

Result<std::unique_ptr<Handle>> HandlePool::take(std::string_view origin, bool allowInsecureHttp) {
  std::unique_ptr<Handle> handle = takeIdle(origin);
  if (handle == nullptr) {
    Result<Host> host = parseHost(origin);
    if (!host) return host.error();
    handle = std::make_unique<Handle>(origin, *std::move(host), settings_);
  }
  if (std::optional<Error> error = checkSecurity(handle->host(), allowInsecureHttp)) return *std::move(error);
  return handle;
}

std::unique_ptr<Handle> HandlePool::takeIdle(std::string_view origin) {
  const std::lock_guard lock(mutex_);
  const auto found =
      std::find_if(idle_.rbegin(), idle_.rend(), [&](const auto& handle) { return handle->origin() == origin; });
  if (found == idle_.rend()) return nullptr;
  std::unique_ptr<Handle> handle = std::move(*found);
  idle_.erase(std::next(found).base());
  return handle;
}

void HandlePool::give(std::unique_ptr<Handle> handle) {
  handle->release();
  std::unique_ptr<Handle> surplus;  // Closed after the lock has been released.
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(handle));
  if (idle_.size() <= settings_.maxIdleConnections) return;
  surplus = std::move(idle_.front());
  idle_.erase(idle_.begin());
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
