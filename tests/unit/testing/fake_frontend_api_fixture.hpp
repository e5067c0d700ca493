/// Browsers at a local Frontend API, without a browser.
#pragma once

#include <liveblocks/testing/fake_frontend_api.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace liveblocks_tests {

/// What came back, taken apart.
struct FrontendResponse {
  liveblocks::http::Response response;

  int status() const { return response.status; }
  nlohmann::json body() const { return nlohmann::json::parse(response.body); }
  std::string code() const { return body().at("errors").at(0).at("code"); }
  /// The `Set-Cookie` lines that begin so.
  std::vector<std::string> cookies(std::string_view start) const {
    std::vector<std::string> lines;
    for (const auto& header : response.headers) {
      if (header.name == "Set-Cookie" && header.value.substr(0, start.size()) == start) lines.push_back(header.value);
    }
    return lines;
  }
  std::string location() const {
    return std::string(liveblocks::http::findHeader(response, "Location").value_or("none"));
  }
};

/// Holds what a browser would: cookies, without their attributes, and the dev browser.
class FrontendVisitor {
 public:
  explicit FrontendVisitor(liveblocks::testing::FakeFrontendApi& api) : api_(&api) {}

  FrontendResponse ask(const std::string& method, const std::string& target, const std::string& body = {}) {
    const std::string sent = cookieHeader();
    const std::string url = "/__clerk" + withDevBrowser(target);
    std::vector<std::pair<std::string_view, std::string_view>> headers{{"Host", "127.0.0.1:3000"}, {"Cookie", sent}};
    if (method == "POST") headers.emplace_back("Origin", "http://127.0.0.1:3000");
    FrontendResponse response{api_->handle({method, url, headers, body})};
    for (const std::string& line : response.cookies("")) keep(line);
    return response;
  }
  FrontendResponse get(const std::string& target) { return ask("GET", target); }
  FrontendResponse post(const std::string& target, const std::string& body = {}) { return ask("POST", target, body); }

  FrontendResponse signIn(const std::string& ticket) {
    return post("/v1/client/sign_ins", "strategy=ticket&ticket=" + ticket);
  }
  /// Returns the new session's id.
  std::string signInAs(const std::string& userId) {
    return signIn(api_->createTicket(userId)).body().at("response").at("created_session_id");
  }
  /// What a path of that session ends with says what is to be done with it.
  FrontendResponse act(const std::string& session, const std::string& action, const std::string& body = {}) {
    std::string target = "/v1/client/sessions/";
    target.append(session).append("/").append(action);
    return post(target, body);
  }
  FrontendResponse touch(const std::string& session, const std::string& body = {}) {
    return act(session, "touch", body);
  }
  FrontendResponse token(const std::string& session, const std::string& body = {}) {
    return act(session, "tokens", body);
  }
  /// Ids of the users who are signed in.
  std::vector<std::string> users() {
    std::vector<std::string> ids;
    const nlohmann::json client = get("/v1/client").body().at("response");
    if (client.is_null()) return ids;
    for (const auto& session : client.at("sessions")) ids.push_back(session.at("user").at("id"));
    return ids;
  }

  /// As of a page of a development instance that asks for the first time.
  void becomeDevBrowser() { devBrowser_ = post("/v1/dev_browser").body().at("id"); }

  /// What it would send.
  std::string cookieHeader() const {
    std::string header;
    for (const auto& [name, value] : cookies_) {
      header.append(header.empty() ? "" : "; ").append(name).append("=").append(value);
    }
    return header;
  }

  /// Takes a `Set-Cookie` line.
  void keep(const std::string& line) {
    const std::size_t equals = line.find('=');
    cookies_[line.substr(0, equals)] = line.substr(equals + 1, line.find(';') - equals - 1);
  }

  std::map<std::string, std::string>& cookies() { return cookies_; }
  /// Empty: none.
  std::string& devBrowser() { return devBrowser_; }

 private:
  std::string withDevBrowser(const std::string& target) const {
    if (devBrowser_.empty()) return target;
    return target + (target.find('?') == std::string::npos ? "?" : "&") + "__clerk_db_jwt=" + devBrowser_;
  }

  liveblocks::testing::FakeFrontendApi* api_;
  std::map<std::string, std::string> cookies_;
  std::string devBrowser_;
};

/// Ada belongs to Acme and to the Zoo, Grace to Acme, Nobody to none. A production instance, unless `use()` is called.
struct FakeFrontendApiFixture {
  FakeFrontendApiFixture() { use(production()); }

  void use(const liveblocks::testing::ClerkIssuer& issuer) {
    fake = std::make_shared<liveblocks::testing::FakeClerk>(issuer);
    liveblocks::testing::FakeUser ada;
    ada.id = "user_ada";
    ada.firstName = "Ada";
    ada.lastName = "Lovelace";
    ada.memberships = {{"org_acme", "org:admin", "acme", "Acme", {"org:tasks:close"}},
                       {"org_zoo", "org:member", "zoo"}};
    fake->addUser(ada);
    liveblocks::testing::FakeUser grace;
    grace.id = "user_grace";
    grace.memberships = {{"org_acme", "org:member", "acme", "Acme"}};
    fake->addUser(grace);
    fake->addUser({"user_nobody"});
    restart();
  }

  /// With the options as they are now.
  void restart() {
    options.pageOrigin = "http://127.0.0.1:3000";
    options.clock = clock;
    api = std::make_unique<liveblocks::testing::FakeFrontendApi>(fake, options);
  }

  FrontendVisitor visitor() const { return FrontendVisitor(*api); }

  /// One for all of them: keys take time to make.
  static const liveblocks::testing::ClerkIssuer& production() {
    static const liveblocks::testing::ClerkIssuer issuer("clerk.example.com");
    return issuer;
  }
  static const liveblocks::testing::ClerkIssuer& development() {
    static const liveblocks::testing::ClerkIssuer issuer("a-b-1.clerk.accounts.dev");
    return issuer;
  }

  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>(
      std::chrono::system_clock::time_point(std::chrono::seconds(1800000000)));
  liveblocks::testing::FakeFrontendApiOptions options;
  std::shared_ptr<liveblocks::testing::FakeClerk> fake;
  std::unique_ptr<liveblocks::testing::FakeFrontendApi> api;
};

}  // namespace liveblocks_tests
