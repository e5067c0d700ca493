// A line of input: a request, and how it is to be judged.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "canned_transport.hpp"
#include "options.hpp"

namespace inspect_request {

struct Question {
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  /// nullopt: the present.
  std::optional<std::chrono::system_clock::time_point> now;
  Setup setup;
  std::vector<CannedAnswer> backend;
};

/// The members of a line. Throws `json_lines::BadLine`.
Question readQuestion(const nlohmann::json& line);

}  // namespace inspect_request
