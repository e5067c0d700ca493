// Makes typed calls, one JSON text a line, and prints what was sent. typed_calls_vendor.mjs does the same with
// @liveblocks/node.
//
// A call: {"options": {"secret", "baseUrl"?}, "call": "storage.get", "given": {...}, "answers": [...]}, where an answer
// is as in liveblocks_oracle.cpp; without answers the real network is used. An outcome: {"requests": [...], "value"}
// or, instead of the value, {"error": status}, {"unreadable"} or {"refused"}.
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "../line_program.hpp"
#include "call_lines.hpp"
#include "typed_calls.hpp"

namespace {

namespace http = liveblocks::http;
using nlohmann::json;

json sentRequest(const http::Request& request) {
  json described{{"method", request.method}, {"url", request.url}, {"type", nullptr}, {"body", nullptr}};
  for (const http::Header& header : request.headers) {
    if (header.name == "Content-Type") described["type"] = header.value;
  }
  if (described["type"] == "application/json") described["body"] = json::parse(request.body);
  if (described["type"] == "application/octet-stream") described["body"] = liveblocks_tests::toHex(request.body);
  return described;
}

json answer(const json& line) {
  auto fake = std::make_shared<liveblocks::testing::FakeTransport>();
  std::shared_ptr<http::Transport> transport = fake;
  if (line.contains("answers")) {
    for (const json& one : line["answers"]) fake->push(liveblocks_tests::answerOf(one));
  } else {
    transport = http::defaultTransport();
  }
  liveblocks::LiveblocksOptions options{line.at("options").at("secret").get<std::string>()};
  if (line["options"].contains("baseUrl")) options.baseUrl = line["options"]["baseUrl"];
  options.retry = false;
  json outcome;
  try {
    const liveblocks::Liveblocks client(options, transport);
    outcome = liveblocks_tests::makeTypedCall(client, line.at("call"), line.at("given"));
  } catch (const std::invalid_argument& error) {
    outcome["refused"] = error.what();
  }
  outcome["requests"] = json::array();
  for (const http::Request& request : fake->requests()) outcome["requests"].push_back(sentRequest(request));
  return outcome;
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answer); }
