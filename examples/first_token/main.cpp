// The first token, without accounts, as docs/README.md and docs/packaging.md have it.
// It is kept short: NOLINTBEGIN(bugprone-exception-escape)
// docs/README.md+packaging.md first token: begin
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

int main() {
  // Both vendors, inside this program. Without the second parameters below, the real ones are asked.
  const auto clerkApi = std::make_shared<liveblocks::testing::FakeClerk>();
  const auto liveblocksApi = std::make_shared<liveblocks::testing::FakeLiveblocks>();
  liveblocks::testing::FakeUser ada;
  ada.id = "user_ada";
  clerkApi->addUser(ada);

  liveblocks::clerk::ClientOptions options;
  options.secretKey = clerkApi->secretKey();
  const liveblocks::clerk::Client clerk(options, clerkApi);
  const liveblocks::Liveblocks client({liveblocksApi->secretKey()}, liveblocksApi);

  const auto decide = [](const liveblocks::AuthRequest& request) {  // your rules, default deny
    const std::string own = "notes:" + request.caller.userId;
    if (request.room != own) return liveblocks::Decision::refuse("These are not your notes");
    return liveblocks::Decision().allow(own, liveblocks::FULL_ACCESS);
  };
  const liveblocks::AuthEndpoint endpoint(client, liveblocks::clerkIdentity(clerk), decide);

  // What a page sends, and what it gets.
  const auto ask = [&endpoint](const std::string& room, const std::vector<liveblocks::http::Header>& headers) {
    const std::string body = liveblocks::Json::object({{"room", room}}).text();
    const auto response =
        endpoint.handle(liveblocks::http::RequestView::from("POST", "/api/liveblocks-auth", headers, body));
    std::cout << response.status << ' ' << response.body << '\n';
  };
  liveblocks::testing::SessionTokenSpec session;
  session.userId = ada.id;
  const std::string bearer = "Bearer " + clerkApi->issuer().sessionToken(session);
  ask("notes:user_ada", {});
  ask("notes:user_bob", {{"Authorization", bearer}});
  ask("notes:user_ada", {{"Authorization", bearer}});
}
// docs/README.md+packaging.md first token: end
// NOLINTEND(bugprone-exception-escape)
