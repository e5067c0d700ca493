// Reads answers of the Backend API, a JSON object {"status", "headers", "body"} a line, and prints what clerk::Users
// sends when it asks for "user_1" and what it makes of each; users.mjs lets @clerk/backend do the same.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>

#include <liveblocks/clerk/users.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <nlohmann/json.hpp>

namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using nlohmann::json;

http::Response readAnswer(const json& line) {
  http::Response answer;
  answer.status = line.at("status");
  for (const auto& [name, value] : line.at("headers").items()) answer.headers.push_back({name, value});
  answer.body = line.at("body");
  return answer;
}

json orNull(const std::optional<std::string>& text) { return text ? json(*text) : json(); }

json describe(const clerk::User& user) {
  return {{"id", user.id},
          {"username", orNull(user.username)},
          {"firstName", orNull(user.firstName)},
          {"lastName", orNull(user.lastName)},
          {"fullName", orNull(user.fullName)},
          {"imageUrl", user.imageUrl},
          {"primaryEmailAddress", orNull(user.primaryEmailAddress)},
          {"banned", user.banned},
          {"locked", user.locked},
          {"deprovisioned", user.deprovisioned},
          {"publicMetadata", json::parse(user.publicMetadata.text())},
          {"privateMetadata", json::parse(user.privateMetadata.text())},
          {"unsafeMetadata", json::parse(user.unsafeMetadata.text())}};
}

json describe(const liveblocks::Error& error) {
  return {{"status", error.upstreamStatus},
          {"retryAfter", error.retryAfter ? json(error.retryAfter->count()) : json()},
          {"message", error.message}};
}

json sent(const http::Request& request) {
  json headers = json::object();
  for (const http::Header& header : request.headers) headers[header.name] = header.value;
  return {{"method", request.method}, {"url", request.url}, {"headers", headers}};
}

void answerAll() {
  const auto transport = std::make_shared<liveblocks::testing::FakeTransport>();
  clerk::UsersOptions options;
  options.secretKey = "sk_test_oracle";
  options.retry = false;
  const clerk::Users users(options, transport);
  for (std::string line; std::getline(std::cin, line);) {
    transport->push(readAnswer(json::parse(line)));
    const auto user = users.get("user_1");
    json result{{"request", sent(transport->requests().back())}};
    if (user) {
      result["user"] = describe(*user);
    } else {
      result["error"] = describe(user.error());
    }
    std::cout << result.dump() << '\n';
  }
}

}  // namespace

int main() {
  try {
    answerAll();
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
