// The same program with a guard: what the page of the server makes of before.cpp.
// It is kept short: NOLINTBEGIN(concurrency-mt-unsafe,bugprone-exception-escape,cppcoreguidelines-owning-memory)
#include <Poco/Event.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <cstdlib>
#include <string>

#include <liveblocks/adapters/poco.hpp>
#include <liveblocks/sdk.hpp>

namespace clerk = liveblocks::clerk;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

clerk::RouteGuard makeGuard() {
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
  return clerk::Client(options).routeGuard();
}

class Hello : public Poco::Net::HTTPRequestHandler {
  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    const std::string userId = liveblocks::adapters::guardState(request).auth().userId();
    const std::string text = "hello, " + userId + "\n";
    response.setContentType("text/plain");
    response.sendBuffer(text.data(), text.size());
  }
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override { return new Hello; }
};

int main() {
  const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 8080));
  const Poco::Net::HTTPRequestHandlerFactory::Ptr guarded =
      new liveblocks::adapters::PocoGuardedFactory(makeGuard(), new Factory);
  Poco::Net::HTTPServer server(guarded, socket, new Poco::Net::HTTPServerParams);
  server.start();
  Poco::Event().wait();
}
// NOLINTEND(concurrency-mt-unsafe,bugprone-exception-escape,cppcoreguidelines-owning-memory)
