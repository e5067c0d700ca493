// One line in, one line out.
#pragma once

#include <string>

namespace inspect_token {

/// The answer to a line, whatever the line is.
std::string answer(const std::string& line);

/// For lines that could not be read.
std::string refusal(const std::string& problem);

}  // namespace inspect_token
