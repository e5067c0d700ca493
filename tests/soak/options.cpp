#include "options.hpp"

#include <charconv>
#include <map>
#include <random>
#include <stdexcept>
#include <string_view>

#include "resources.hpp"

namespace soak {
namespace {

const std::map<std::string_view, Lie>& lies() {
  static const std::map<std::string_view, Lie> names{{"accept-all", Lie::acceptAll},
                                                     {"grant-more", Lie::grantMore},
                                                     {"confuse-users", Lie::confuseUsers},
                                                     {"refuse", Lie::refuse},
                                                     {"lose", Lie::lose},
                                                     {"late", Lie::late},
                                                     {"repeat", Lie::repeat},
                                                     {"leak-memory", Lie::leakMemory},
                                                     {"leak-files", Lie::leakFiles}};
  return names;
}

std::uint32_t readNumber(std::string_view option, std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  throw std::invalid_argument(std::string(option) + " needs a number");
}

Lie readLie(std::string_view text) {
  const auto found = lies().find(text);
  if (found == lies().end()) throw std::invalid_argument("there is no such lie");
  return found->second;
}

}  // namespace

Options readOptions(int count, const char* const* arguments) {
  Options options;
  options.seed = std::random_device()();
  for (int i = 1; i < count; i += 2) {
    const std::string_view name = arguments[i];
    if (i + 1 == count) throw std::invalid_argument(std::string(name) + " needs a value");
    const std::string_view value = arguments[i + 1];
    if (name == "--seconds") {
      options.duration = std::chrono::seconds(readNumber(name, value));
    } else if (name == "--seed") {
      options.seed = readNumber(name, value);
    } else if (name == "--lie") {
      options.lie = readLie(value);
    } else {
      throw std::invalid_argument("there is no option " + std::string(name));
    }
  }
  if (options.duration.count() < 1) throw std::invalid_argument("--seconds must be at least 1");
  return options;
}

const char* usage() {
  return "usage: liveblocks_soak [--seconds <number>] [--seed <number>] [--lie <defect>]\n"
         "defects: accept-all, grant-more, confuse-users, refuse, lose, late, repeat, leak-memory, leak-files\n";
}

std::chrono::milliseconds margin() { return std::chrono::seconds(isSanitized() ? 5 : 2); }

}  // namespace soak
