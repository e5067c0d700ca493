/// What programs are told by environment variables.
#pragma once

#include <string>
#include <vector>

namespace examples {

/// The variable's value; `fallback` when it is missing or empty. Call it while there is one thread.
std::string variable(const char* name, const char* fallback = "");

/// `PORT`, 0 when it is missing. Throws `std::invalid_argument` when it is no number from 0 to 65535.
int portVariable();

/// Origins separated by commas. Throws `std::invalid_argument` when a text that was given names none: it would mean
/// "everybody".
std::vector<std::string> originsVariable(const char* name);

/// `http://host:port`
std::string urlOf(const std::string& host, int port);

}  // namespace examples
