/// The program `run_vectors`, except for its streams.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace vectors {

/// Runs the files that the arguments name, and prints a line about each and one about each disagreement. Returns the
/// exit code: 0 if there are no disagreements, 1 if there are some, 2 for a file that cannot be read or run, at which
/// it ends. `--help` prints the usage to `out` and returns 0; no argument or an unknown option prints it to `errors`
/// and returns 2. Nothing is run then.
int runFiles(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& errors);

}  // namespace vectors
