/// What programs are told by environment variables.
#pragma once

#include <stdexcept>
#include <string>

namespace examples {

/// The variable's value; `fallback` when it is missing or empty. Call it while there is one thread.
std::string variable(const char* name, const char* fallback = "");

/// Calls `read`, and puts the variable's name in front of what it refuses by `std::invalid_argument`.
template <class Read>
void checkVariable(const std::string& name, const Read& read) {
  try {
    read();
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(name + ": " + error.what());
  }
}

}  // namespace examples
