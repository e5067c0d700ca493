/// Prints one table: what the floor takes, what we take, the ratio, and what it is meant to be.
#include <cstdio>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

std::string microseconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f µs", seconds * 1e6);
  return text;
}

class TableReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override {
    std::puts("| what, and its floor | floor | ours | ratio | meant to be |");
    std::puts("| --- | ---: | ---: | ---: | ---: |");
    return true;
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      const bool hasCeiling = run.counters.count("at_most") != 0;
      const double bound = run.counters.at(hasCeiling ? "at_most" : "at_least");
      std::printf("| %s | %s | %s | %.2f | %s %.2f |\n", run.report_label.c_str(),
                  microseconds(run.counters.at("floor")).c_str(), microseconds(run.counters.at("ours")).c_str(),
                  static_cast<double>(run.counters.at("ratio")), hasCeiling ? "<=" : ">=", bound);
      std::fflush(stdout);
    }
  }
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  TableReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
