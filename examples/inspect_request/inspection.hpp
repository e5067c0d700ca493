// One line in, one line out.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace inspect_request {

/// The answer to a line, whatever the line is.
nlohmann::json answerLine(const std::string& line);

}  // namespace inspect_request
