// Performs calls, one JSON text a line, and prints what came of each. vendor.mjs does the same with @liveblocks/node.
//
// A call: {"options": {"secret", "baseUrl"?}, "steps": [...], "answer": {...}}. The steps: {"prepare": {"userId",
// "userInfo"?, "organizationId"?}}, {"allow": [room, [permission, ...]]}, {"authorize": true}, {"identify": {...}}. The
// answer to every request: {"status", "headers": [[name, value], ...], "body": "<hex>"}, or "failure"; without one the
// real network is used.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <nlohmann/json.hpp>

#include "call_lines.hpp"

namespace {

namespace http = liveblocks::http;
using liveblocks::testing::FakeTransport;
using liveblocks_tests::answerOf;
using liveblocks_tests::describeRequest;
using liveblocks_tests::logInto;
using liveblocks_tests::optionalMember;
using nlohmann::json;

std::optional<liveblocks::Json> userInfoOf(const json& given) {
  if (!given.contains("userInfo")) return std::nullopt;
  return liveblocks::Json(given["userInfo"]);
}

json describeResponse(const liveblocks::AuthResponse& response) {
  return {{"status", response.status}, {"body", response.body}, {"error", response.error.has_value()}};
}

class Performer {
 public:
  json perform(const json& call) {
    json outcome = {{"steps", json::array()}, {"logs", json::array()}, {"requests", json::array()}};
    auto fake = std::make_shared<FakeTransport>();
    std::shared_ptr<http::Transport> transport = fake;
    if (call.contains("answer")) {
      fake->setHandler([answer = answerOf(call["answer"])](const auto&, const auto&) { return answer; });
    } else {
      transport = http::defaultTransport();
    }
    outcome["construction"] = guarded([&] { construct(call.at("options"), transport, outcome["logs"]); });
    if (client_) takeAll(call.at("steps"), outcome["steps"]);
    for (const http::Request& request : fake->requests()) outcome["requests"].push_back(describeRequest(request));
    return outcome;
  }

 private:
  void construct(const json& given, std::shared_ptr<http::Transport> transport, json& logs) {
    liveblocks::LiveblocksOptions options{given.at("secret").get<std::string>()};
    if (given.contains("baseUrl")) options.baseUrl = given["baseUrl"];
    options.retry = false;
    options.log = logInto(logs);
    client_.emplace(options, std::move(transport));
  }

  /// Without a session there is nothing more to do.
  void takeAll(const json& steps, json& outcomes) {
    for (const json& step : steps) {
      outcomes.push_back(take(step));
      if (step.contains("prepare") && !session_) return;
    }
  }

  json take(const json& step) {
    json result = nullptr;
    const json problem = guarded([&] {
      if (step.contains("prepare")) prepare(step["prepare"]);
      if (step.contains("allow")) allow(step["allow"]);
      if (step.contains("authorize")) result = describeResponse(session_.value().authorize());
      if (step.contains("identify")) result = identify(step["identify"]);
    });
    return problem.is_null() ? result : problem;
  }

  void prepare(const json& given) {
    session_ = client_->prepareSession(given.at("userId").get<std::string>(),
                                       {userInfoOf(given), optionalMember<std::string>(given, "organizationId")});
  }

  void allow(const json& given) {
    session_.value().allow(given[0].get<std::string>(), given[1].get<std::vector<std::string>>());
  }

  json identify(const json& given) {
    const auto groupIds = optionalMember<std::vector<std::string>>(given, "groupIds");
    const liveblocks::Identity identity{given.at("userId"), groupIds.value_or(std::vector<std::string>{}),
                                        optionalMember<std::string>(given, "organizationId")};
    return describeResponse(client_->identifyUser(identity, {userInfoOf(given)}));
  }

  template <class F>
  static json guarded(const F& action) {
    try {
      action();
      return nullptr;
    } catch (const std::exception& failure) {
      return {{"thrown", failure.what()}};
    }
  }

  std::optional<liveblocks::Liveblocks> client_;
  std::optional<liveblocks::Session> session_;
};

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << Performer().perform(json::parse(line)).dump() << "\n";
  }
}
