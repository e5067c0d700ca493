/// Prints a table: the auth endpoint of examples/beast_server beside routes of Node, each on one CPU.
#include <algorithm>
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

std::string request(const liveblocks::testing::ClerkIssuer& issuer, std::size_t number) {
  const std::string body = R"({"room":"org_2b8Zk0QfNw7dYxJr3LmVtEaUhCg:roadmap"})";
  return "POST /api/liveblocks-auth HTTP/1.1\r\nHost: app.example.com\r\nOrigin: https://app.example.com\r\n"
         "User-Agent: Mozilla/5.0\r\nAccept: */*\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
         makeToken(issuer, number) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile(values, 0.5);
}

/// A server, and what was measured of it in each round.
struct Candidate {
  Candidate(std::string label, const std::vector<std::string>& command,
            const std::map<std::string, std::string>& environment, const std::vector<std::string>& requests)
      : name(std::move(label)),
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
  const Candidate& ours = candidates.front();
  const auto memory = [](const Candidate& one) { return static_cast<double>(one.process->residentBytes()) / mebibyte; };
  std::cout << "| server | requests/s | beast_server serves | p50 | p99 | CPU per request | memory | times ours |\n"
            << "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
            << std::fixed;
  for (const Candidate& one : candidates) {
    std::cout << "| " << one.name << " | " << std::setprecision(0) << median(one.requestsPerSecond) << " | "
              << std::setprecision(2) << timesAsMany(ours, one) << " x | " << median(one.p50) * 1e3 << " ms | "
              << median(one.p99) * 1e3 << " ms | " << std::setprecision(1) << median(one.cpuSeconds) * 1e6 << " µs | "
              << memory(one) << " MiB | " << memory(one) / memory(ours) << " x |" << std::endl;
  }
}

/// `program` is beast_server, `scripts` the folder of the routes of Node.
void run(const std::string& program, const std::string& scripts) {
  const LeanServer upstream(loadCpu, std::chrono::milliseconds(0));
  const liveblocks::testing::ClerkIssuer issuer;
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < tokens; ++i) requests.push_back(request(issuer, i));
  const std::map<std::string, std::string> environment{{"LIVEBLOCKS_SECRET_KEY", "sk_localdev"},
                                                       {"LIVEBLOCKS_BASE_URL", upstream.url()},
                                                       {"CLERK_PUBLISHABLE_KEY", issuer.publishableKey()},
                                                       {"CLERK_JWT_KEY", issuer.publicKeyPem()},
                                                       {"PUBLIC_ORIGIN", "https://app.example.com"},
                                                       {"CLERK_TELEMETRY_DISABLED", "1"},
                                                       {"NODE_ENV", "production"}};
  pinToCpu(loadCpu);
  std::vector<Candidate> candidates;
  candidates.emplace_back("beast_server", std::vector{program}, environment, requests);
  candidates.emplace_back("Node: `@clerk/backend`, `@liveblocks/node`",
                          std::vector<std::string>{"node", scripts + "/sdk.mjs"}, environment, requests);
  candidates.emplace_back("Node: `fast-jwt`, `http.Agent`", std::vector<std::string>{"node", scripts + "/agent.mjs"},
                          environment, requests);
  candidates.emplace_back("Node: `fast-jwt`, `undici`", std::vector<std::string>{"node", scripts + "/undici.mjs"},
                          environment, requests);
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
