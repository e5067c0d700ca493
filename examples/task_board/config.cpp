#include "config.hpp"

#include <charconv>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace task_board {
namespace {

std::string variable(const char* name, const char* fallback = "") {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

int portFrom(const std::string& text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port < 0 || port > 65535) {
    throw std::invalid_argument("PORT must be a number from 0 to 65535");
  }
  return port;
}

/// Throws when a text that was given holds nothing: it would mean "everybody".
std::vector<std::string> originsFrom(const std::string& text) {
  std::vector<std::string> items;
  std::istringstream stream(text);
  for (std::string item; std::getline(stream, item, ',');) {
    const auto first = item.find_first_not_of(' ');
    if (first != std::string::npos) items.push_back(item.substr(first, item.find_last_not_of(' ') - first + 1));
  }
  if (items.empty() && !text.empty()) throw std::invalid_argument("CLERK_AUTHORIZED_PARTIES names no origin");
  return items;
}

void requireClerk(const Config& config) {
  if (!config.clerkJwtKey.empty() || !config.clerkSecretKey.empty() || !config.clerkPublishableKey.empty()) return;
  throw std::invalid_argument(
      "no Clerk instance is configured: set CLERK_JWT_KEY, CLERK_SECRET_KEY or CLERK_PUBLISHABLE_KEY, or start with "
      "--demo for a local sign-in");
}

void requireLoopback(const Config& config) {
  if (config.host == "127.0.0.1" || config.host == "::1" || config.host == "localhost") return;
  throw std::invalid_argument("--demo signs anybody in, so HOST must be loopback: 127.0.0.1, ::1 or localhost");
}

}  // namespace

Config configFromEnvironment(bool demo) {
  Config config;
  config.host = variable("HOST", "127.0.0.1");
  config.port = portFrom(variable("PORT", "0"));
  config.databasePath = variable("DATABASE_PATH", "task_board.db");
  config.liveblocksSecretKey = variable("LIVEBLOCKS_SECRET_KEY");
  config.liveblocksBaseUrl = variable("LIVEBLOCKS_BASE_URL");
  config.clerkJwtKey = variable("CLERK_JWT_KEY");
  config.clerkSecretKey = variable("CLERK_SECRET_KEY");
  config.clerkPublishableKey = variable("CLERK_PUBLISHABLE_KEY");
  config.clerkApiUrl = variable("CLERK_API_URL", "https://api.clerk.com");
  config.clerkAuthorizedParties = originsFrom(variable("CLERK_AUTHORIZED_PARTIES"));
  config.demo = demo;
  if (demo) {
    requireLoopback(config);
  } else {
    requireClerk(config);
  }
  return config;
}

}  // namespace task_board
