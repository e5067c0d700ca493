// One line in, one line out.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "options.hpp"

namespace inspect_request {

class Inspector {
 public:
  /// The answer to a line, whatever the line is.
  nlohmann::json answer(const std::string& line);

 private:
  KnownKeys keys_;
};

}  // namespace inspect_request
