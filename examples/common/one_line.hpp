/// What strangers wrote, made fit for a log.
#pragma once

#include <string>
#include <string_view>

namespace examples {

/// The text in one line of printable ASCII: any other byte, and the backslash, becomes `\xNN`, so that nobody writes
/// lines of their own into a log, or moves the cursor of who reads it. What lies beyond 200 bytes becomes `...`.
std::string oneLine(std::string_view foreign);

}  // namespace examples
