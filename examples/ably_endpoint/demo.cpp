#include "demo.hpp"

#include "common/requests.hpp"

namespace ably_endpoint {

namespace testing = liveblocks::testing;

std::shared_ptr<testing::FakeClerk> makeDemoClerk() {
  auto clerk = std::make_shared<testing::FakeClerk>();
  testing::FakeUser ada;
  ada.id = "user_ada";
  ada.username = "ada";
  clerk->addUser(ada);
  testing::FakeUser grace;
  grace.id = "user_grace";
  clerk->addUser(grace);
  return clerk;
}

examples::ClerkConfig demoConfig(const std::shared_ptr<testing::FakeClerk>& clerk) {
  examples::ClerkConfig config;
  config.publishableKey = clerk->issuer().publishableKey();
  config.secretKey = clerk->secretKey();
  config.transport = clerk;
  return config;
}

void addDemoRoutes(examples::Router& router, const std::shared_ptr<testing::FakeClerk>& clerk,
                   const std::string& publicOrigin) {
  for (const char* userId : {"user_ada", "user_grace"}) {
    router.post(std::string("/demo/token/") + userId,
                [=](const httplib::Request& request, httplib::Response& response) {
                  if (!examples::isFromThisSite(request)) return examples::answerUnread(response, 403, "forbidden");
                  testing::SessionTokenSpec spec;
                  spec.userId = userId;
                  spec.authorizedParty = publicOrigin;
                  response.set_header("Cache-Control", "no-store");
                  response.set_content(clerk->issuer().sessionToken(spec), "text/plain");
                });
  }
}

}  // namespace ably_endpoint
