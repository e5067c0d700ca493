// Reads the params of a token request a line, and prints {"request"}, or {"refused": why}; token_requests.mjs lets
// Ably's SDK sign the same.

#include "../line_program.hpp"
#include "ably_signing.hpp"

int main() {
  using nlohmann::json;
  return liveblocks_tests::answerLines([](const json& line) {
    const auto request = liveblocks_tests::signTokenRequest(line);
    return request ? json{{"request", json::parse(request->json())}} : json{{"refused", request.error().message}};
  });
}
