/// Start-up and logs of the examples.
#pragma once

#include <functional>
#include <string>

#include <liveblocks/core/log.hpp>

namespace examples {

/// Calls `run` and returns the exit status. Exceptions are written to stderr after the program's name.
int runProgram(const std::string& name, const std::function<void()>& run);

/// For a program with the option `--demo`, which is passed to `run`.
int runProgram(const std::string& name, int count, char** arguments, const std::function<void(bool demo)>& run);

/// Writes a description of demos to stdout.
void announceDemo();

/// Returns a log that writes warnings and errors to stderr after the program's name, and with `LOG_LEVEL=info` also
/// refusals. Throws `std::invalid_argument` for a `LOG_LEVEL` other than `info` and `warning`. Call it while there is
/// only one thread.
liveblocks::Log logOf(const std::string& name);

}  // namespace examples
