// A program with POCO, before it is guarded.
// It is kept short: NOLINTBEGIN(bugprone-exception-escape,cppcoreguidelines-owning-memory)
// poco.md before: begin
#include <Poco/Event.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <string>

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

class Hello : public Poco::Net::HTTPRequestHandler {
  void handleRequest(HTTPServerRequest& /*request*/, HTTPServerResponse& response) override {
    const std::string text = "hello\n";
    response.setContentType("text/plain");
    response.sendBuffer(text.data(), text.size());
  }
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override { return new Hello; }
};

int main() {
  const Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 8080));
  Poco::Net::HTTPServer server(new Factory, socket, new Poco::Net::HTTPServerParams);
  server.start();
  Poco::Event().wait();
}
// poco.md before: end
// NOLINTEND(bugprone-exception-escape,cppcoreguidelines-owning-memory)
