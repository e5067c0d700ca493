/// Prints one table: what the floor takes, what we take, the ratio, and what it is meant to be.
#include <iomanip>
#include <iostream>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

class TableReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override {
    std::cout << "| what, and its floor | floor | ours | ratio | meant to be |\n"
              << "| --- | ---: | ---: | ---: | ---: |\n";
    return true;
  }

  void ReportRuns(const std::vector<Run>& runs) override {
    std::cout << std::fixed << std::setprecision(2);
    for (const Run& run : runs) print(run);
  }

 private:
  static void print(const Run& run) {
    const auto counter = [&](const char* name) { return static_cast<double>(run.counters.at(name)); };
    const bool hasCeiling = run.counters.count("at_most") != 0;
    std::cout << "| " << run.report_label << " | " << counter("floor") * 1e6 << " µs | " << counter("ours") * 1e6
              << " µs | " << counter("ratio") << " | " << (hasCeiling ? "<= " : ">= ")
              << counter(hasCeiling ? "at_most" : "at_least") << " |" << std::endl;
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
