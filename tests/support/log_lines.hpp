/// A log that keeps its lines.
#pragma once

#include <liveblocks/core/log.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace liveblocks_tests {

struct LogLines {
  using Line = std::pair<liveblocks::LogLevel, std::string>;

  liveblocks::Log callback() const {
    return [lines = lines](liveblocks::LogLevel level, std::string_view text) { lines->emplace_back(level, text); };
  }

  std::shared_ptr<std::vector<Line>> lines = std::make_shared<std::vector<Line>>();
};

}  // namespace liveblocks_tests
