/// How the examples start, and where they complain.
#pragma once

#include <functional>
#include <string>

#include <liveblocks/core/log.hpp>

namespace examples {

/// Calls `run` and returns the status to exit with. What is thrown is written to stderr behind the program's name.
int runProgram(const std::string& name, const std::function<void()>& run);

/// The same for a program that may be given `--demo`, and is told whether it was.
int runProgram(const std::string& name, int count, char** arguments, const std::function<void(bool demo)>& run);

/// Writes to stdout what a demo is.
void announceDemo();

/// Writes warnings and errors to stderr behind the program's name; with `LOG_LEVEL=info` also who was refused, and why.
/// Throws `std::invalid_argument` for another `LOG_LEVEL` than that and `warning`. Call it while there is one thread.
liveblocks::Log logOf(const std::string& name);

}  // namespace examples
