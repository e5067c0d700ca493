/// An endpoint on a fake transport: every caller is Bob, and `post()` makes the requests.
#pragma once

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "log_lines.hpp"

namespace liveblocks_tests {

struct EndpointFixture {
  std::shared_ptr<liveblocks::testing::FakeTransport> transport =
      std::make_shared<liveblocks::testing::FakeTransport>();
  LogLines log;
  liveblocks::AuthEndpointOptions options;
  liveblocks::Identify identify = [](const liveblocks::http::RequestView&, liveblocks::Deadline) {
    return liveblocks::Caller{"bob"};
  };
  liveblocks::Decide decide = [](const liveblocks::Caller&, const std::optional<std::string>& room) {
    return liveblocks::Decision().allow(room.value_or("acme:*"), liveblocks::FULL_ACCESS);
  };

  liveblocks::AuthEndpoint endpoint() const { return {client(), identify, decide, loggedOptions()}; }

  liveblocks::AuthEndpoint idTokenEndpoint() const {
    return liveblocks::AuthEndpoint::withIdTokens(client(), identify, loggedOptions());
  }

  liveblocks::http::Response post(std::string_view body) const {
    return endpoint().handle({"POST", "/api/liveblocks-auth", {}, body});
  }

 private:
  liveblocks::Liveblocks client() const {
    liveblocks::LiveblocksOptions made;
    made.secret = "sk_testingtesting";
    made.retry = false;
    return liveblocks::Liveblocks(made, transport);
  }

  liveblocks::AuthEndpointOptions loggedOptions() const {
    liveblocks::AuthEndpointOptions made = options;
    made.log = log.callback();
    return made;
  }
};

/// The member `error` of a response.
inline std::string errorOf(const liveblocks::http::Response& answer) {
  return nlohmann::json::parse(answer.body).at("error");
}

inline std::string reasonOf(const liveblocks::http::Response& answer) {
  return nlohmann::json::parse(answer.body).at("reason");
}

}  // namespace liveblocks_tests
