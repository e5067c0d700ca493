/// Environment variables.
#pragma once

#include <stdexcept>
#include <string>

namespace examples {

/// Returns the variable's value; `fallback` if it is missing or empty. Call it while there is only one thread.
std::string variable(const char* name, const char* fallback = "");

/// Also removes white space and quotes around a pasted value. The library removes them itself, but some keys and URLs
/// are also sent to browsers.
std::string pastedVariable(const char* name, const char* fallback = "");

/// Calls `read`, and adds the variable's name to the message of its `std::invalid_argument`.
template <class Read>
void checkVariable(const std::string& name, const Read& read) {
  try {
    read();
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(name + ": " + error.what());
  }
}

}  // namespace examples
