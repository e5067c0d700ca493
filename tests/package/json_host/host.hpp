#pragma once

#include <string>

namespace host {

/// The text three times in other forms; empty when it is not JSON.
std::string rewritten(const std::string& text);

}  // namespace host
