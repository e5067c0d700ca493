/// Sends plain HTTP requests to a `FakeLiveblocks`.
#pragma once

#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace liveblocks_tests {

struct FakeLiveblocksFixture {
  /// 2025-01-01T00:00:00.250Z
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>(
      std::chrono::system_clock::time_point(std::chrono::milliseconds(1735689600250)));
  liveblocks::testing::FakeLiveblocks fake{"sk_test", clock};
  liveblocks::http::Call call{std::chrono::steady_clock::now() + std::chrono::hours(1)};

  static liveblocks::http::Request requestTo(std::string method, const std::string& target, std::string body = {}) {
    return {std::move(method),
            "https://api.liveblocks.io" + target,
            {{"authorization", "Bearer sk_test", true}},
            std::move(body)};
  }

  liveblocks::http::Response send(const liveblocks::http::Request& request) { return fake.send(request, call).value(); }
  liveblocks::http::Response get(const std::string& target) { return send(requestTo("GET", target)); }
  liveblocks::http::Response post(const std::string& target, const nlohmann::json& body) {
    return send(requestTo("POST", target, body.dump()));
  }

  void create(const std::string& id, nlohmann::json body = nlohmann::json::object()) {
    body["id"] = id;
    if (!body.contains("defaultAccesses")) body["defaultAccesses"] = nlohmann::json::array();
    if (post("/v2/rooms", body).status != 200) throw std::runtime_error("the room was not created");
  }

  nlohmann::json room(const std::string& id) { return nlohmann::json::parse(get("/v2/rooms/" + id).body); }

  /// The ids of a page.
  std::vector<std::string> list(const std::string& query) {
    const nlohmann::json page = nlohmann::json::parse(get("/v2/rooms" + query).body);
    std::vector<std::string> ids;
    for (const auto& each : page.at("data")) ids.push_back(each["id"]);
    return ids;
  }

  static std::string codeOf(const liveblocks::http::Response& response) {
    return nlohmann::json::parse(response.body).at("error");
  }
  static std::string messageOf(const liveblocks::http::Response& response) {
    return nlohmann::json::parse(response.body).at("message");
  }
};

}  // namespace liveblocks_tests
