/// `Session::authorize()` compared with a reused libcurl handle that sends the same bytes to the same server.
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>
#include <curl/curl.h>

#include <liveblocks/core/version.hpp>
#include <liveblocks/liveblocks.hpp>

#include "comparison.hpp"
#include "lean_server.hpp"
#include "pinning.hpp"
#include "room_session.hpp"

namespace liveblocks_bench {
namespace {

constexpr int batch = 500;

struct CurlDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

class Baseline {
 public:
  explicit Baseline(liveblocks::http::Request request) : request_(std::move(request)), easy_(curl_easy_init()) {
    for (const auto& header : request_.headers) {
      const std::string line = header.name + ": " + header.value;
      headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
    }
    CURL* const easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "liveblocks-cpp/" LIVEBLOCKS_VERSION);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request_.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request_.body.data());
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 8000L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body_);
  }

  void post() {
    body_.clear();
    if (curl_easy_perform(easy_.get()) != CURLE_OK || body_.size() < 800)
      throw std::runtime_error("the baseline failed");
  }

 private:
  static std::size_t append(char* data, std::size_t, std::size_t size, void* body) {
    static_cast<std::string*>(body)->append(data, size);
    return size;
  }

  liveblocks::http::Request request_;
  std::unique_ptr<CURL, CurlDeleter> easy_;
  std::unique_ptr<curl_slist, CurlDeleter> headers_;
  std::string body_;
};

void authorize(benchmark::State& state) {
  const LeanServer server(1, std::chrono::milliseconds(0));
  pinToCpu(0);
  liveblocks::LiveblocksOptions options;
  options.secret = "sk_localdev";
  options.baseUrl = server.url();
  const liveblocks::Liveblocks client(options);
  const auto authorizeOnce = [&] {
    const liveblocks::AuthResponse response = makeSession(client).authorize();
    if (response.status != 200) throw std::runtime_error("authorize() failed");
  };
  authorizeOnce();
  Baseline baseline(makeSession(client).request());
  Comparison comparison;
  while (state.KeepRunning())
    state.SetIterationTime(comparison.round(
        batch, [&] { baseline.post(); }, authorizeOnce));
  comparison.report(state);
  state.counters["at_most"] = 1.15;
  state.counters["at_most_more"] = 6e-6;
  state.SetLabel("authorize(): a raw libcurl handle");
}
BENCHMARK(authorize)->UseManualTime()->Iterations(40);

}  // namespace
}  // namespace liveblocks_bench
