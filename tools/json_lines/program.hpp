// A program that answers lines.
#pragma once

#include <functional>
#include <string>

namespace json_lines {

/// The text of an answer, in one line.
using Answer = std::function<std::string(const std::string& line)>;

/// The same for a line that cannot be answered.
using Refuse = std::function<std::string(const std::string& problem)>;

/// Answers every line of standard input, each as soon as it is read. Lines of more than 1 MiB are refused without
/// being kept. Returns what `main()` is to return.
int answerLines(const std::string& program, const Answer& answer, const Refuse& refuse);

}  // namespace json_lines
