// A fake Clerk with HTTP, for programs under test that are other processes. Prints one line of JSON with the data for a
// configuration, and serves until it is killed. tests/e2e/lib/fake_clerk.mjs controls it below /test. Usage: fake_clerk
// [<host of the Frontend API>]
#include <httplib.h>

#include <iostream>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>
#include <liveblocks/testing/fake_transport.hpp>

namespace {

using liveblocks::testing::FakeClerk;
using liveblocks::testing::FakeFrontendApi;
using nlohmann::json;

void answerJson(httplib::Response& response, const json& body) {
  response.set_content(body.dump(), "application/json");
}

/// `frontend`: at the host of the publishable key, else at the Backend API's.
void pass(FakeClerk& clerk, const httplib::Request& request, httplib::Response& response) {
  const bool frontend = request.path.rfind("/.well-known/", 0) == 0;
  liveblocks::http::Request passed{request.method,
                                   (frontend ? clerk.issuer().issuer() : "https://api.clerk.com") + request.target,
                                   {},
                                   request.body};
  for (const auto& [name, value] : request.headers) passed.headers.push_back({name, value});
  const auto answer = clerk.send(passed, {std::chrono::steady_clock::now() + std::chrono::seconds(10)});
  response.status = answer ? answer->status : 502;
  if (answer) response.set_content(answer->body, "application/json");
}

/// `{"userId": ..., "claims": {<name>: <value>, ...}}`
void mint(const FakeClerk& clerk, const httplib::Request& request, httplib::Response& response) {
  const json order = json::parse(request.body);
  liveblocks::testing::SessionTokenSpec spec;
  spec.userId = order.at("userId");
  for (const auto& [name, value] : order.at("claims").items()) spec.claims.emplace_back(name, liveblocks::Json(value));
  response.set_content(clerk.issuer().sessionToken(spec), "text/plain");
}

/// `{"id": ..., "memberships": [{"id", "role", "slug", "name"}], <member at Clerk>: <value>, ...}`
void addUser(FakeClerk& clerk, const httplib::Request& request) {
  const json order = json::parse(request.body);
  liveblocks::testing::FakeUser user;
  user.id = order.at("id");
  for (const json& membership : order.value("memberships", json::array())) {
    user.memberships.push_back(
        {membership.at("id"), membership.at("role"), membership.at("slug"), membership.at("name")});
  }
  for (const auto& [name, value] : order.items()) user.members.emplace_back(name, liveblocks::Json(value));
  clerk.addUser(user);
}

/// `{"path": ..., "status": ..., "times": ...}`
void addFault(FakeClerk& clerk, const httplib::Request& request) {
  const json order = json::parse(request.body);
  clerk.failNext(order.at("path"), liveblocks::testing::jsonResponse(order.at("status"), R"({"errors":[]})"),
                 order.at("times"));
}

/// What was asked, without its origin.
json requestsOf(const FakeClerk& clerk) {
  json list = json::array();
  for (const auto& request : clerk.requests()) {
    json headers = json::object();
    for (const auto& header : request.headers) headers[header.name] = header.value;
    const std::string path = request.url.substr(request.url.find('/', std::string("https://").size()));
    list.push_back({{"method", request.method}, {"path", path}, {"headers", headers}});
  }
  return list;
}

/// `{"pageOrigin": ..., "tokenSeconds": ...}`
std::unique_ptr<FakeFrontendApi> makeFrontendApi(const std::shared_ptr<FakeClerk>& clerk,
                                                 const httplib::Request& request) {
  const json order = json::parse(request.body);
  liveblocks::testing::FakeFrontendApiOptions options;
  options.pageOrigin = order.at("pageOrigin");
  options.tokenLifetime = std::chrono::seconds(order.at("tokenSeconds").get<int>());
  return std::make_unique<FakeFrontendApi>(clerk, options);
}

/// What browsers ask, once it is ordered: its pages are at an origin that only a program under test knows.
void addFrontendApi(httplib::Server& server, const std::shared_ptr<FakeClerk>& clerk,
                    std::unique_ptr<FakeFrontendApi>& api) {
  using Request = httplib::Request;
  using Response = httplib::Response;
  const auto handle = [&api](const Request& request, Response& response) {
    using namespace liveblocks::adapters;
    setResponse(request, response, api->handle(requestView(request, request.body)));
  };
  server.Post("/test/frontend_api",
              [clerk, &api](const Request& request, Response&) { api = makeFrontendApi(clerk, request); });
  server.Post("/test/tickets", [&api](const Request& request, Response& response) {
    response.set_content(api->createTicket(request.body), "text/plain");
  });
  server.Get("/__clerk/.*", handle);
  server.Post("/__clerk/.*", handle);
}

void addRoutes(httplib::Server& server, FakeClerk& clerk) {
  using Request = httplib::Request;
  using Response = httplib::Response;
  server.Post("/test/token", [&](const Request& request, Response& response) { mint(clerk, request, response); });
  server.Post("/test/users", [&](const Request& request, Response&) { addUser(clerk, request); });
  server.Post("/test/faults", [&](const Request& request, Response&) { addFault(clerk, request); });
  server.Delete("/test/faults", [&](const Request&, Response&) { clerk.clearFaults(); });
  server.Get("/test/requests", [&](const Request&, Response& response) { answerJson(response, requestsOf(clerk)); });
  const auto passOn = [&](const Request& request, Response& response) { pass(clerk, request, response); };
  server.Get(".*", passOn);
  server.Post(".*", passOn);
}

}  // namespace

int main(int count, char** arguments) {
  const std::string host = count > 1 ? arguments[1] : "clerk.e2e.example";
  const auto clerk = std::make_shared<FakeClerk>(liveblocks::testing::ClerkIssuer(host));
  std::unique_ptr<FakeFrontendApi> frontendApi;
  httplib::Server server;
  addFrontendApi(server, clerk, frontendApi);
  addRoutes(server, *clerk);
  const int port = server.bind_to_any_port("127.0.0.1");
  std::cout << json{{"url", "http://127.0.0.1:" + std::to_string(port)},
                    {"pem", clerk->issuer().publicKeyPem()},
                    {"publishableKey", clerk->issuer().publishableKey()},
                    {"secretKey", clerk->secretKey().reveal()}}
            << std::endl;
  return server.listen_after_bind() ? 0 : 1;
}
