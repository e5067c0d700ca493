// testing::FakeLiveblocks behind lines: {"method", "target", "headers", "body"} in, {"status", "headers", "body"} out.

#include <liveblocks/testing/fake_liveblocks.hpp>

#include "../line_program.hpp"

namespace http = liveblocks::http;
using nlohmann::json;

namespace {

http::Request requestOf(const json& line) {
  http::Request request{line.at("method"), "http://127.0.0.1" + line.at("target").get<std::string>(), {}, {}};
  for (const auto& [name, value] : line.at("headers").items()) request.headers.push_back({name, value});
  request.body = line.value("body", "");
  return request;
}

json answerOf(const http::Response& response) {
  json headers = json::object();
  for (const http::Header& header : response.headers) headers[header.name] = header.value;
  return {{"status", response.status}, {"headers", headers}, {"body", response.body}};
}

}  // namespace

int main() {
  liveblocks::testing::FakeLiveblocks fake("sk_localdev");
  return liveblocks_tests::answerLines([&](const json& line) {
    const http::Call call{std::chrono::steady_clock::now() + std::chrono::minutes(1)};
    return answerOf(fake.send(requestOf(line), call).value());
  });
}
