/// `SessionVerifier::verify()` compared with the indispensable part: SHA-256 and one RSA verification; and with a cache
/// of verified tokens compared with itself without one.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "comparison.hpp"
#include "pinning.hpp"
#include "session.hpp"

namespace liveblocks_bench {
namespace {

namespace clerk = liveblocks::clerk;
namespace testing = liveblocks::testing;

constexpr std::size_t tokenCount = 256;
constexpr int batch = 512;
/// Short, so that a batch ends before the system uses the CPU for something else.
constexpr int threadBatch = 128;

template <class T, auto Free>
struct Release {
  void operator()(T* handle) const { Free(handle); }
};
template <class T, auto Free>
using Handle = std::unique_ptr<T, Release<T, Free>>;

std::string decodeSignature(std::string text) {
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  text.append((4 - text.size() % 4) % 4, '=');
  std::string bytes(text.size() / 4 * 3, '\0');
  EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()),
                  static_cast<int>(text.size()));
  bytes.resize(256);
  return bytes;
}

/// Has the signed texts, the signatures, the digest and a prepared context with the key.
class Baseline {
 public:
  Baseline(const std::string& pem, const std::vector<std::string>& tokens)
      : sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {
    const Handle<BIO, BIO_free_all> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const Handle<EVP_PKEY, EVP_PKEY_free> key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    context_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (EVP_PKEY_verify_init(context_.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context_.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context_.get(), sha256_.get()) != 1) {
      throw std::runtime_error("OpenSSL cannot verify RS256");
    }
    for (const std::string& token : tokens) {
      const std::size_t dot = token.rfind('.');
      signed_.push_back({token.substr(0, dot), decodeSignature(token.substr(dot + 1))});
    }
  }

  void verify(std::size_t number) {
    const auto& [text, signature] = signed_[number % signed_.size()];
    std::array<unsigned char, 32> digest{};
    EVP_Digest(text.data(), text.size(), digest.data(), nullptr, sha256_.get(), nullptr);
    if (EVP_PKEY_verify(context_.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                        digest.data(), digest.size()) != 1) {
      throw std::runtime_error("the baseline rejected a valid token");
    }
  }

 private:
  struct Signed {
    std::string text;
    std::string signature;
  };

  Handle<EVP_MD, EVP_MD_free> sha256_;
  Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context_;
  std::vector<Signed> signed_;
};

struct Fixture {
  Fixture() {
    for (std::size_t i = 0; i < tokenCount; ++i) tokens.push_back(makeToken(issuer, i));
  }

  void verify(std::size_t number) const { verify(verifier, number); }
  void verifyCached(std::size_t number) const { verify(cachingVerifier, number); }
  void verifyByFetchedKey(std::size_t number) const { verify(fetchingVerifier, number); }

  void verify(const clerk::SessionVerifier& by, std::size_t number) const {
    const auto claims = by.verify(tokens[number % tokens.size()]);
    if (!claims) throw std::runtime_error("a valid token was refused: " + claims.error().message);
    benchmark::DoNotOptimize(claims->userId().data());
  }

  testing::ClerkIssuer issuer;
  clerk::SessionVerifierOptions options = [] {
    clerk::SessionVerifierOptions result;
    result.authorizedParties = {"https://app.example.com"};
    result.issuer = "https://clerk.example.com";
    return result;
  }();
  clerk::SessionVerifier verifier{clerk::KeySource::pem(issuer.publicKeyPem()), options};
  clerk::SessionVerifier cachingVerifier{clerk::KeySource::pem(issuer.publicKeyPem()), [this] {
                                           clerk::SessionVerifierOptions result = options;
                                           result.tokenCache.capacity = tokenCount;
                                           result.tokenCache.maxAge = std::chrono::hours(1);
                                           return result;
                                         }()};
  clerk::SessionVerifier fetchingVerifier{
      clerk::KeySource::backendApi("sk_test_x", "https://api.clerk.com",
                                   std::make_shared<testing::FakeTransport>([this](const auto&, const auto&) {
                                     return testing::jsonResponse(200, issuer.jwks());
                                   })),
      options};
  std::vector<std::string> tokens;
};

void verify(benchmark::State& state) {
  pinToCpu(0);
  const Fixture fixture;
  Baseline baseline(fixture.issuer.publicKeyPem(), fixture.tokens);
  Comparison comparison;
  std::size_t turn = 0;
  std::size_t baselineTurn = 0;
  while (state.KeepRunning()) {
    state.SetIterationTime(comparison.round(
        batch, [&] { baseline.verify(baselineTurn++); }, [&] { fixture.verify(turn++); }));
  }
  comparison.report(state);
  state.counters["at_most"] = 1.25;
  state.SetLabel("verify(): only SHA-256 and RSA");
}
BENCHMARK(verify)->UseManualTime()->Iterations(200);

void verifyCached(benchmark::State& state) {
  pinToCpu(0);
  const Fixture fixture;
  for (std::size_t i = 0; i < tokenCount; ++i) fixture.verifyCached(i);
  Comparison comparison;
  std::size_t turn = 0;
  std::size_t baselineTurn = 0;
  while (state.KeepRunning()) {
    state.SetIterationTime(comparison.round(
        batch, [&] { fixture.verify(baselineTurn++); }, [&] { fixture.verifyCached(turn++); }));
  }
  comparison.report(state);
  state.counters["at_most"] = 0.05;
  state.SetLabel("verify() of a cached token: without the cache");
}
BENCHMARK(verifyCached)->UseManualTime()->Iterations(200);

/// Returns the seconds per token if that many threads, each on its own CPU, verify a batch each.
double secondsOnThreads(unsigned count, const Fixture& fixture) {
  using SteadyClock = std::chrono::steady_clock;
  std::atomic<unsigned> waiting{count};
  std::vector<SteadyClock::time_point> begins(count);
  std::vector<SteadyClock::time_point> ends(count);
  const auto work = [&](unsigned cpu) {
    pinToCpu(cpu);
    for (--waiting; waiting != 0;) std::this_thread::yield();
    begins[cpu] = SteadyClock::now();
    for (std::size_t i = 0; i < threadBatch; ++i) fixture.verifyByFetchedKey(i);
    ends[cpu] = SteadyClock::now();
  };
  std::vector<std::thread> threads;
  for (unsigned cpu = 0; cpu < count; ++cpu) threads.emplace_back(work, cpu);
  for (std::thread& thread : threads) thread.join();
  const auto first = *std::min_element(begins.begin(), begins.end());
  const auto last = *std::max_element(ends.begin(), ends.end());
  return std::chrono::duration<double>(last - first).count() / threadBatch / count;
}

void verifyOnTwoThreads(benchmark::State& state) {
  const Fixture fixture;
  fixture.verifyByFetchedKey(0);
  Comparison comparison;
  while (state.KeepRunning()) {
    const double two = secondsOnThreads(2, fixture);
    comparison.add(two, secondsOnThreads(1, fixture));
    state.SetIterationTime(two);
  }
  comparison.report(state);
  state.counters["at_least"] = 1.85;
  state.SetLabel("verify(): two threads, compared with one");
}
BENCHMARK(verifyOnTwoThreads)->UseManualTime()->Iterations(400);

}  // namespace
}  // namespace liveblocks_bench
