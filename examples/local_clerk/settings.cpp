#include "local_clerk/settings.hpp"

#include <charconv>
#include <stdexcept>
#include <string>

#include "common/environment.hpp"

namespace local_clerk {
namespace {

// Clerk's browser SDK never uses a token again that has 5 s left.
constexpr int minTokenSeconds = 6;
constexpr int maxTokenSeconds = 3600;

InstanceKind kindFrom(const std::string& text) {
  if (text == "development") return InstanceKind::development;
  if (text == "production") return InstanceKind::production;
  throw std::invalid_argument("DEMO_INSTANCE must be development or production");
}

std::chrono::seconds lifetimeFrom(const std::string& text) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool isNumber = error == std::errc{} && end == text.data() + text.size();
  if (isNumber && seconds >= minTokenSeconds && seconds <= maxTokenSeconds) return std::chrono::seconds(seconds);
  throw std::invalid_argument("DEMO_TOKEN_SECONDS must be a number from " + std::to_string(minTokenSeconds) + " to " +
                              std::to_string(maxTokenSeconds));
}

}  // namespace

Settings settingsFromEnvironment() {
  Settings settings;
  settings.kind = kindFrom(examples::variable("DEMO_INSTANCE", "development"));
  settings.tokenLifetime = lifetimeFrom(examples::variable("DEMO_TOKEN_SECONDS", "60"));
  return settings;
}

}  // namespace local_clerk
