#include "run_files.hpp"

#include <exception>
#include <fstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "vectors.hpp"

namespace vectors {
namespace {

void print(const Difference& difference, std::ostream& out) {
  out << "  case " << difference.id << " \"" << difference.comment << '"';
  for (const std::string& flag : difference.flags) out << ' ' << flag;
  out << ": " << difference.expected << " by the file, but: " << difference.outcome << '\n';
}

/// Whether there is nothing to explain.
bool runFile(const std::string& path, std::ostream& out) {
  std::ifstream in(path);
  if (!in) throw std::invalid_argument("it cannot be read");
  const Report report = run(nlohmann::json::parse(in));
  out << path << ": " << report.cases << " cases, " << report.agreed << " agreed, " << report.foreign.size()
      << " valid ones refused on purpose, " << report.disagreements.size() << " disagreements\n";
  for (const Difference& difference : report.disagreements) print(difference, out);
  return report.disagreements.empty();
}

}  // namespace

int runFiles(const std::vector<std::string>& paths, std::ostream& out, std::ostream& errors) {
  bool isClean = true;
  for (const std::string& path : paths) {
    try {
      isClean = runFile(path, out) && isClean;
    } catch (const std::exception& problem) {
      errors << path << ": " << problem.what() << '\n';
      return 2;
    }
  }
  return isClean ? 0 : 1;
}

}  // namespace vectors
