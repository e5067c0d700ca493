// Runs a request of a line through RequestAuthenticator and describes the result.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "request_line.hpp"

namespace inspect_request {

class Inspector {
 public:
  /// Returns the response line for any line of input, valid or not.
  nlohmann::json respond(const std::string& line);

 private:
  KnownKeys keys_;
};

/// Returns the response line for a line that could not be judged.
nlohmann::json describeProblem(const nlohmann::json& id, const std::string& problem);

}  // namespace inspect_request
