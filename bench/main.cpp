/// Prints a table: the times of the baseline and of the library, how they compare, and the target.
#include <iomanip>
#include <iostream>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

class TableReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override {
    std::cout << "| operation: baseline | baseline | library | ratio or difference | target |\n"
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
    std::cout << "| " << run.report_label << " | " << counter("baseline") * 1e6 << " µs | " << counter("library") * 1e6
              << " µs | ";
    if (run.counters.count("at_most_more") != 0) {
      std::cout << counter("more") * 1e6 << " µs | <= " << counter("at_most_more") * 1e6 << " µs";
    } else if (run.counters.count("at_most") != 0) {
      std::cout << counter("ratio") << " | <= " << counter("at_most");
    } else {
      std::cout << counter("ratio") << " | >= " << counter("at_least");
    }
    std::cout << " |" << std::endl;
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
