/// Prints a table: the auth endpoint of examples/beast_server beside routes of Node, each on one CPU.
#include <chrono>
#include <exception>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <liveblocks/testing/clerk_issuer.hpp>

#include "../lean_server.hpp"
#include "../median.hpp"
#include "../pinning.hpp"
#include "../session.hpp"
#include "load.hpp"
#include "process.hpp"

namespace liveblocks_bench {
namespace {

constexpr std::size_t connections = 64;
constexpr std::size_t tokens = 256;
constexpr int rounds = 7;
constexpr std::chrono::seconds warmUp{2};
constexpr std::chrono::seconds duration{3};
constexpr unsigned serverCpu = 0;
constexpr unsigned loadCpu = 1;
// In the list of candidates.
constexpr std::size_t plainServer = 0;
constexpr std::size_t tunedRoute = 3;

using Environment = std::map<std::string, std::string>;

std::string request(const liveblocks::testing::ClerkIssuer& issuer, std::size_t number) {
  const std::string body = R"({"room":"org_2b8Zk0QfNw7dYxJr3LmVtEaUhCg:roadmap"})";
  return "POST /api/liveblocks-auth HTTP/1.1\r\nHost: app.example.com\r\nOrigin: https://app.example.com\r\n"
         "User-Agent: Mozilla/5.0\r\nAccept: */*\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
         makeToken(issuer, number) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// A server, and what was measured of it in each round.
struct Candidate {
  Candidate(std::string label, std::string aim, const std::vector<std::string>& command, const Environment& environment,
            const std::vector<std::string>& requests)
      : name(std::move(label)),
        target(std::move(aim)),
        process(std::make_unique<Process>(command, environment, serverCpu)),
        load(std::make_unique<Load>(process->url(), requests, connections)) {}

  void measure() {
    const double before = process->cpuSeconds();
    const Load::Outcome outcome = load->run(duration);
    const auto count = static_cast<double>(outcome.latencies.size());
    requestsPerSecond.push_back(outcome.requestsPerSecond);
    cpuSeconds.push_back((process->cpuSeconds() - before) / count);
    p50.push_back(quantile(outcome.latencies, 0.50));
    p99.push_back(quantile(outcome.latencies, 0.99));
  }

  std::string name;
  std::string target;
  std::unique_ptr<Process> process;
  std::unique_ptr<Load> load;
  std::vector<double> requestsPerSecond;
  std::vector<double> cpuSeconds;
  std::vector<double> p50;
  std::vector<double> p99;
};

/// How many times as many requests the first one serves, by the median of the rounds.
double timesAsMany(const Candidate& first, const Candidate& other) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < first.requestsPerSecond.size(); ++i) {
    ratios.push_back(first.requestsPerSecond[i] / other.requestsPerSecond[i]);
  }
  return median(ratios);
}

void print(const std::vector<Candidate>& candidates) {
  constexpr double mebibyte = 1 << 20;
  const Candidate& ours = candidates.at(plainServer);
  const Candidate& tuned = candidates.at(tunedRoute);
  const auto memory = [](const Candidate& one) { return static_cast<double>(one.process->residentBytes()) / mebibyte; };
  std::cout
      << "| server | requests/s | times the tuned route | beast_server serves | p50 | p99 | CPU per request | memory "
         "| times ours | target |\n"
      << "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
      << std::fixed;
  for (const Candidate& one : candidates) {
    std::cout << "| " << one.name << " | " << std::setprecision(0) << median(one.requestsPerSecond) << " | "
              << std::setprecision(2) << timesAsMany(one, tuned) << " x | " << timesAsMany(ours, one) << " x | "
              << median(one.p50) * 1e3 << " ms | " << median(one.p99) * 1e3 << " ms | " << std::setprecision(1)
              << median(one.cpuSeconds) * 1e6 << " µs | " << memory(one) << " MiB | " << memory(one) / memory(ours)
              << " x | " << one.target << " |" << std::endl;
  }
}

/// `program` is beast_server, `scripts` the folder of the routes of Node.
std::vector<Candidate> startAll(const std::string& program, const std::string& scripts, const Environment& environment,
                                const std::vector<std::string>& requests) {
  Environment withCache = environment;
  withCache["TOKEN_CACHE_CAPACITY"] = std::to_string(tokens);
  const auto node = [&](const char* script) { return std::vector<std::string>{"node", scripts + "/" + script}; };
  std::vector<Candidate> candidates;
  candidates.emplace_back("beast_server", ">= 2.8 x the tuned route, p99 <= 2 x p50", std::vector{program}, environment,
                          requests);
  candidates.emplace_back("beast_server with a cache of tokens", ">= 3.5 x the tuned route", std::vector{program},
                          withCache, requests);
  candidates.emplace_back("Node: `@clerk/backend`, `@liveblocks/node`", "beast_server >= 9 x, memory >= 5 x",
                          node("sdk.mjs"), environment, requests);
  candidates.emplace_back("Node: `fast-jwt`, `http.Agent` (the tuned route)", "memory >= 5 x", node("agent.mjs"),
                          environment, requests);
  candidates.emplace_back("Node: `fast-jwt`, `undici`", "", node("undici.mjs"), environment, requests);
  return candidates;
}

/// The arguments are those of `startAll()`.
void run(const std::string& program, const std::string& scripts) {
  const LeanServer upstream(loadCpu, std::chrono::milliseconds(0));
  const liveblocks::testing::ClerkIssuer issuer;
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < tokens; ++i) requests.push_back(request(issuer, i));
  const Environment environment{{"LIVEBLOCKS_SECRET_KEY", "sk_localdev"},
                                {"LIVEBLOCKS_BASE_URL", upstream.url()},
                                {"CLERK_PUBLISHABLE_KEY", issuer.publishableKey()},
                                {"CLERK_JWT_KEY", issuer.publicKeyPem()},
                                {"PUBLIC_ORIGIN", "https://app.example.com"},
                                {"CLERK_TELEMETRY_DISABLED", "1"},
                                {"NODE_ENV", "production"}};
  pinToCpu(loadCpu);
  std::vector<Candidate> candidates = startAll(program, scripts, environment, requests);
  for (Candidate& one : candidates) one.load->run(warmUp);
  for (int round = 0; round < rounds; ++round) {
    for (Candidate& one : candidates) one.measure();
  }
  print(candidates);
}

}  // namespace
}  // namespace liveblocks_bench

int main(int count, char** arguments) try {
  if (count != 3) {
    std::cerr << "usage: liveblocks_endpoint_bench <beast_server> <folder of the routes of Node>" << std::endl;
    return 1;
  }
  liveblocks_bench::run(arguments[1], arguments[2]);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "liveblocks_endpoint_bench: " << error.what() << std::endl;
  return 1;
}
