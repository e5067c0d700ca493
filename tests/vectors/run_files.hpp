/// The program `run_vectors`, but for its arguments.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace vectors {

/// Runs files, and prints a line about each and one about each disagreement. Returns the exit code: 0 if there are no
/// disagreements, 1 if there are some, 2 for a file that cannot be read or run, at which it ends.
int runFiles(const std::vector<std::string>& paths, std::ostream& out, std::ostream& errors);

}  // namespace vectors
