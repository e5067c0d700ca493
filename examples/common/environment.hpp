/// What programs are told by environment variables.
#pragma once

#include <string>
#include <vector>

namespace examples {

/// The variable's value; `fallback` when it is missing or empty. Call it while there is one thread.
std::string variable(const char* name, const char* fallback = "");

/// Origins separated by commas. Throws `std::invalid_argument` when a text that was given names none: it would mean
/// "everybody".
std::vector<std::string> originsVariable(const char* name);

}  // namespace examples
