/// What programs are told by environment variables.
#pragma once

#include <stdexcept>
#include <string>

namespace examples {

/// The variable's value; `fallback` when it is missing or empty. Call it while there is one thread.
std::string variable(const char* name, const char* fallback = "");

/// The same without the white space and quotes that came along when the value was pasted. For keys and URLs: the
/// library takes those off by itself, but some of them go on to browsers, too.
std::string pastedVariable(const char* name, const char* fallback = "");

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
