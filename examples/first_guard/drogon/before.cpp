// A program with Drogon, before it is guarded.
// It is kept short: NOLINTBEGIN(bugprone-exception-escape)
// drogon.md before: begin
#include <drogon/drogon.h>

#include <functional>
#include <string>

using Respond = std::function<void(const drogon::HttpResponsePtr&)>;

void hello(const drogon::HttpRequestPtr& /*request*/, Respond&& respond) {
  const auto response = drogon::HttpResponse::newHttpResponse();
  response->setContentTypeCode(drogon::CT_TEXT_PLAIN);
  response->setBody("hello\n");
  respond(response);
}

int main() {
  drogon::app().registerHandler("/hello", &hello, {drogon::Get});
  drogon::app().addListener("127.0.0.1", 8080).run();
}
// drogon.md before: end
// NOLINTEND(bugprone-exception-escape)
