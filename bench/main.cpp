/// Prints a table: the times of the baseline and of the library, how they compare, and the target.
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

class TableReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override {
    std::cout << "| operation: baseline | baseline | library | ratio | difference | target |\n"
              << "| --- | ---: | ---: | ---: | ---: | ---: |\n";
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
              << " µs | " << counter("ratio") << " | " << counter("more") * 1e6 << " µs | " << targetOf(run) << " |"
              << std::endl;
  }

  static std::string targetOf(const Run& run) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(2);
    const auto add = [&](const char* name, const char* comparison, double scale, const char* unit) {
      const auto counter = run.counters.find(name);
      if (counter == run.counters.end()) return;
      text << (text.tellp() > 0 ? ", " : "") << comparison << static_cast<double>(counter->second) * scale << unit;
    };
    add("at_most", "<= ", 1, "");
    add("at_least", ">= ", 1, "");
    add("at_most_more", "<= ", 1e6, " µs");
    return text.str();
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
