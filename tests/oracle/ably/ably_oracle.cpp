// Reads the params of a token request a line, and prints {"request"}, or {"refused": why}; token_requests.mjs lets
// Ably's SDK sign the same.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include "ably_signing.hpp"

int main() {
  using nlohmann::json;
  try {
    for (std::string line; std::getline(std::cin, line);) {
      const auto request = liveblocks_tests::signTokenRequest(json::parse(line));
      const json answer =
          request ? json{{"request", json::parse(request->json())}} : json{{"refused", request.error().message}};
      std::cout << answer.dump() << '\n';
    }
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
