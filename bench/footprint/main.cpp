/// Prints a table: what the library costs a program that embeds it. Fails if a cost exceeds its budget.
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/testing/clerk_issuer.hpp>

#include "../pinning.hpp"
#include "budgets.hpp"
#include "run.hpp"

namespace liveblocks_bench {
namespace {

constexpr int compilations = 5;
constexpr int starts = 101;

double kibibytesOf(const char* file) { return static_cast<double>(std::filesystem::file_size(file)) / 1024; }

std::vector<Cost> measureSizes() {
  return {{"stripped `libliveblocks_core.so`", "KiB", Measure::whole, 2800, {}, {kibibytesOf(FOOTPRINT_CORE)}},
          {"stripped `libliveblocks.so`", "KiB", Measure::whole, 250, {}, {kibibytesOf(FOOTPRINT_CURL)}}};
}

/// Compiles a source that contains nothing but these headers.
Usage compile(const std::vector<std::string>& headers) {
  std::vector<std::string> command{FOOTPRINT_COMPILER,    "-std=c++17", "-O2", "-I", FOOTPRINT_INCLUDE, "-I",
                                   FOOTPRINT_JSON_INCLUDE};
  for (const std::string& header : headers) command.insert(command.end(), {"-include", header});
  command.insert(command.end(), {"-x", "c++", "-c", "/dev/null", "-o", "/dev/null"});
  return run(std::move(command));
}

/// Those that the public headers include.
std::vector<std::string> standardHeaders() {
  return {"array",       "chrono",       "cstddef",     "cstdint", "functional", "initializer_list",
          "iosfwd",      "iterator",     "map",         "memory",  "optional",   "string",
          "string_view", "system_error", "type_traits", "utility", "variant",    "vector"};
}

void add(const Usage& baseline, const Usage& library, Cost& time, Cost& memory) {
  constexpr double mebibyte = 1024;
  time.baseline.push_back(baseline.cpuSeconds);
  time.library.push_back(library.cpuSeconds);
  memory.baseline.push_back(baseline.peakMemory / mebibyte);
  memory.library.push_back(library.peakMemory / mebibyte);
}

std::vector<Cost> measureCompilation() {
  Cost time{"time to compile `sdk.hpp`: the standard headers that it includes", "s", Measure::ratio, 2.3, {}, {}};
  Cost memory{"memory to compile `sdk.hpp`: the standard headers", "MiB", Measure::ratio, 2.1, {}, {}};
  Cost timeBesideJson{"time to compile `sdk.hpp`: `nlohmann/json.hpp`", "s", Measure::ratio, 0.8, {}, {}};
  Cost memoryBesideJson{"memory to compile `sdk.hpp`: `nlohmann/json.hpp`", "MiB", Measure::ratio, 0.95, {}, {}};
  for (int i = 0; i < compilations; ++i) {
    const Usage library = compile({"liveblocks/sdk.hpp"});
    add(compile(standardHeaders()), library, time, memory);
    add(compile({"nlohmann/json.hpp"}), library, timeBesideJson, memoryBesideJson);
  }
  return {time, memory, timeBesideJson, memoryBesideJson};
}

std::vector<Cost> measureStart() {
  Cost time{
      "start with a `Liveblocks` and a `clerk::Client`: with libcurl and a key", "ms", Measure::ratio, 2.15, {}, {}};
  Cost memory{"memory of the idle clients: of libcurl and a key", "KiB", Measure::difference, 2800, {}, {}};
  const liveblocks::testing::ClerkIssuer issuer;
  for (int i = 0; i < starts; ++i) {
    const Usage baseline = run({FOOTPRINT_BASELINE, issuer.publishableKey(), issuer.publicKeyPem()});
    const Usage library = run({FOOTPRINT_CLIENTS, issuer.publishableKey(), issuer.publicKeyPem()});
    time.baseline.push_back(baseline.seconds * 1e3);
    time.library.push_back(library.seconds * 1e3);
    memory.baseline.push_back(std::stod(baseline.output));
    memory.library.push_back(std::stod(library.output));
  }
  return {time, memory};
}

std::vector<Cost> measureAll() {
  std::vector<Cost> costs;
  for (const auto measure : {measureSizes, measureCompilation, measureStart}) {
    for (Cost& cost : measure()) costs.push_back(std::move(cost));
  }
  return costs;
}

}  // namespace
}  // namespace liveblocks_bench

int main() try {
  liveblocks_bench::pinToCpu(0);
  return liveblocks_bench::printCosts(liveblocks_bench::measureAll()) ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << "liveblocks_footprint_bench: " << error.what() << std::endl;
  return 1;
}
