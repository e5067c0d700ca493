/// `RequestAuthenticator::authenticate()` compared with `SessionVerifier::verify()` of the same token.
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include "comparison.hpp"
#include "pinning.hpp"
#include "session.hpp"

namespace liveblocks_bench {
namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;

constexpr std::size_t tokenCount = 256;
constexpr int batch = 512;

/// Ten cookies like those of a browser: Clerk's in the middle, with and without the instance's suffix.
std::string makeCookies(const std::string& token) {
  return "_ga=GA1.2.1529712853.1735600000; theme=dark; locale=en-GB; __client_uat=1735600000; "
         "__client_uat_naoXFJnI=1735600000; __session=" +
         token + "; __session_naoXFJnI=" + token +
         "; _gid=GA1.2.86730512.1735600000; consent=necessary%2Canalytics; cart=01JGFJJZ00ZS7M4P3K5V8E2W9X";
}

/// The request of a browser for a page through a proxy: twenty headers.
http::RequestView makeRequest(const std::string& cookies) {
  http::RequestView request;
  request.method = "GET";
  request.url = "https://app.example.com/projects/42?tab=tasks";
  request.headers = {
      {"Host", "app.example.com"},
      {"Connection", "keep-alive"},
      {"Cache-Control", "max-age=0"},
      {"sec-ch-ua", R"("Chromium";v="131", "Not_A Brand";v="24")"},
      {"sec-ch-ua-mobile", "?0"},
      {"sec-ch-ua-platform", R"("Linux")"},
      {"Upgrade-Insecure-Requests", "1"},
      {"User-Agent",
       "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"},
      {"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"},
      {"Sec-Fetch-Site", "same-origin"},
      {"Sec-Fetch-Mode", "navigate"},
      {"Sec-Fetch-User", "?1"},
      {"Sec-Fetch-Dest", "document"},
      {"Referer", "https://app.example.com/projects"},
      {"Accept-Encoding", "gzip, deflate, br, zstd"},
      {"Accept-Language", "en-GB,en;q=0.9"},
      {"Cookie", cookies},
      {"X-Forwarded-For", "203.0.113.7"},
      {"X-Forwarded-Proto", "https"},
      {"X-Request-Id", "5f1c0a52b7e94d6c"},
  };
  return request;
}

struct Fixture {
  Fixture() {
    for (std::size_t i = 0; i < tokenCount; ++i) tokens.push_back(makeToken(issuer, i));
    for (const std::string& token : tokens) cookies.push_back(makeCookies(token));
    for (const std::string& text : cookies) requests.push_back(makeRequest(text));
  }

  void verify(std::size_t number) const {
    const auto claims = verifier.verify(tokens[number % tokenCount]);
    if (!claims) throw std::runtime_error("a valid token was refused: " + claims.error().message);
    benchmark::DoNotOptimize(claims->userId().data());
  }

  void authenticate(std::size_t number) const {
    const auto state = authenticator.authenticate(requests[number % tokenCount]);
    if (!state.isAuthenticated()) throw std::runtime_error("a valid request was refused: " + state.reason());
    benchmark::DoNotOptimize(state.auth().userId().data());
  }

  liveblocks::testing::ClerkIssuer issuer;
  clerk::Client client{[this] {
    clerk::ClientOptions options;
    options.publishableKey = issuer.publishableKey();
    options.jwtKey = issuer.publicKeyPem();
    options.authorizedParties = {"https://app.example.com"};
    return options;
  }()};
  clerk::SessionVerifier verifier = client.sessionVerifier();
  clerk::RequestAuthenticator authenticator = client.requestAuthenticator();
  std::vector<std::string> tokens;
  std::vector<std::string> cookies;
  std::vector<http::RequestView> requests;
};

void authenticate(benchmark::State& state) {
  pinToCpu(0);
  const Fixture fixture;
  Comparison comparison;
  std::size_t turn = 0;
  std::size_t baselineTurn = 0;
  while (state.KeepRunning()) {
    state.SetIterationTime(comparison.round(
        batch, [&] { fixture.verify(baselineTurn++); }, [&] { fixture.authenticate(turn++); }));
  }
  comparison.report(state);
  state.counters["at_most_more"] = 1e-6;
  state.SetLabel("authenticate(), ten cookies and twenty headers: verify()");
}
BENCHMARK(authenticate)->UseManualTime()->Iterations(200);

}  // namespace
}  // namespace liveblocks_bench
