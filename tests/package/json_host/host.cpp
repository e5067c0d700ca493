/// What a program does with its own nlohmann/json: the same that the library does with its copy.
#include "host.hpp"

#include <nlohmann/json.hpp>

std::string host::rewritten(const std::string& text) {
  if (!nlohmann::json::accept(text)) return {};
  const nlohmann::json value = nlohmann::json::parse(text);
  const nlohmann::ordered_json ordered = nlohmann::ordered_json::parse(text, nullptr, false);
  return value.dump() + ordered.dump() + nlohmann::json(value.at("text").get<std::string>()).dump();
}
