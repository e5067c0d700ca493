/// Escaping of foreign text for logs.
#pragma once

#include <string>
#include <string_view>

namespace examples {

/// Returns one line of printable ASCII: other bytes and the backslash become `\xNN`, so that text can neither forge log
/// lines nor control a terminal. Everything after 200 bytes becomes `...`.
std::string oneLine(std::string_view foreign);

}  // namespace examples
