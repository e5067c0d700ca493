#include "run_files.hpp"

#include <algorithm>
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

constexpr const char* usage =
    "Usage: run_vectors <file>...\n"
    "Runs test vectors of Project Wycheproof, such as rsa_signature_2048_sha256_test.json, and prints a line about "
    "each\n"
    "file and one about each disagreement. Exits with 0 if there is none, with 1 if there is one, and with 2 for a "
    "file\n"
    "that cannot be run.\n";

bool asksForHelp(const std::string& argument) { return argument == "--help" || argument == "-h"; }

bool isOption(const std::string& argument) { return !argument.empty() && argument.front() == '-'; }

int runAll(const std::vector<std::string>& paths, std::ostream& out, std::ostream& errors) {
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

}  // namespace

int runFiles(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& errors) {
  if (std::any_of(arguments.begin(), arguments.end(), asksForHelp)) {
    out << usage;
    return 0;
  }
  const auto option = std::find_if(arguments.begin(), arguments.end(), isOption);
  if (option != arguments.end()) errors << "There is no option " << *option << ".\n";
  if (option != arguments.end() || arguments.empty()) {
    errors << usage;
    return 2;
  }
  return runAll(arguments, out, errors);
}

}  // namespace vectors
