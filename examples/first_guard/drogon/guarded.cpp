// The same program with a guard: what the page of the server makes of before.cpp.
// It is kept short: NOLINTBEGIN(concurrency-mt-unsafe,bugprone-exception-escape)
#include <drogon/drogon.h>

#include <cstdlib>
#include <functional>
#include <string>

#include <liveblocks/adapters/drogon_guard.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/sdk.hpp>

namespace clerk = liveblocks::clerk;
using Respond = std::function<void(const drogon::HttpResponsePtr&)>;

clerk::RouteGuard makeGuard(liveblocks::http::LoopThread& thread) {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  clerk::ClientOptions options;
  options.publishableKey = variable("CLERK_PUBLISHABLE_KEY");
  options.secretKey = variable("CLERK_SECRET_KEY");
  options.jwtKey = variable("CLERK_JWT_KEY");
  options.publicOrigin = "http://localhost:8080";
  options.authorizedParties = {options.publicOrigin};
  return clerk::Client(options, liveblocks::http::makeCurlTransport({}, thread.makeLoop())).routeGuard();
}

void hello(const drogon::HttpRequestPtr& request, Respond&& respond) {
  const std::string userId = liveblocks::adapters::guardState(request).auth().userId();
  const auto response = drogon::HttpResponse::newHttpResponse();
  response->setContentTypeCode(drogon::CT_TEXT_PLAIN);
  response->setBody("hello, " + userId + "\n");
  respond(response);
}

int main() {
  liveblocks::http::LoopThread thread;
  liveblocks::adapters::addGuard(drogon::app(), makeGuard(thread));
  drogon::app().registerHandler("/hello", &hello, {drogon::Get});
  drogon::app().addListener("127.0.0.1", 8080).run();
}
// NOLINTEND(concurrency-mt-unsafe,bugprone-exception-escape)
