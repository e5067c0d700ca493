/// What programs are told by environment variables.
#pragma once

#include <string>

namespace examples {

/// The variable's value; `fallback` when it is missing or empty. Call it while there is one thread.
std::string variable(const char* name, const char* fallback = "");

}  // namespace examples
