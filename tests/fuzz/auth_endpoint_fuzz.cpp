#include <memory>

#include <liveblocks/auth_endpoint.hpp>

#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"
#include "upstream.hpp"

using namespace liveblocks;

namespace {

constexpr const char* token = R"({"token":"e30.e30.c2ln"})";

/// The endpoint of an application that lets Bob into every room he asks for, and what it decided about last.
struct Application {
  std::shared_ptr<fuzzing::AnsweringTransport> transport = std::make_shared<fuzzing::AnsweringTransport>();
  std::shared_ptr<std::optional<std::string>> room = std::make_shared<std::optional<std::string>>();
  std::unique_ptr<AuthEndpoint> endpoint;

  Application() {
    transport->answer = {200, {{"Content-Type", "application/json"}}, token};
    LiveblocksOptions options;
    options.secret = "sk_dev_7f3kQ9vZ1mB6xL4pT8sWcR2nDjYh";
    options.retry = false;
    const auto identify = [](const http::RequestView&, Deadline) -> Result<Caller> { return Caller{"bob"}; };
    const auto decide = [room = room](const AuthRequest& request) {
      *room = request.room;
      return Decision().allow(request.room.value_or("acme:*"), FULL_ACCESS);
    };
    endpoint = std::make_unique<AuthEndpoint>(Liveblocks(options, transport), identify, decide);
  }

  http::Response handle(std::string_view method, std::string_view body) const {
    transport->lastBody.clear();
    return endpoint->handle({method, "/api/liveblocks-auth", {{"Content-Type", "application/json"}}, body});
  }
};

/// A token is for the room in the body, and for no other.
void checkToken(const Application& application, std::string_view body) {
  const auto tree = nlohmann::json::parse(body);
  const auto sent = nlohmann::json::parse(application.transport->lastBody);
  const auto& permissions = sent.at("permissions");
  fuzzing::require(tree.is_object() && permissions.size() == 1 && sent.at("userId") == "bob");
  if (const auto& room = *application.room) {
    fuzzing::require(tree.at("room") == *room && permissions.contains(*room));
    fuzzing::require(!room->empty() && room->find('*') == std::string::npos);
  } else {
    fuzzing::require((!tree.contains("room") || tree.at("room").is_null()) && permissions.contains("acme:*"));
  }
}

void checkRefusal(const http::Response& response) {
  const int status = response.status;
  fuzzing::require(status == 400 || status == 403 || status == 405 || status == 413);
  const auto tree = nlohmann::json::parse(response.body);
  fuzzing::require(tree.at("error").is_string() && tree.at("reason").is_string() && response.body.size() < 512);
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {"POST\n{\"room\":\"acme:product:1\"}",
          "POST\n {\"room\":\"\\u00e9\\ud83d\\ude00\",\"a\":[1.5,{\"b\":null}]} ",
          "POST\n{}",
          "GET\n{\"room\":null}",
          "POST\n{\"room\":\"a*\",\"room\":\"b\"}",
          "POST\n{\"room\":7}"};
}

/// Whatever the method on the first line and the body are: a token is granted for what an independent reader finds in
/// the body, or the response says in JSON why not, and Liveblocks is not asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Application application;
  std::string_view body = fuzzing::view(data, size);
  const std::string_view method = fuzzing::takeLine(body);
  const http::Response response = application.handle(method, body);
  fuzzing::require((response.status == 200) == !application.transport->lastBody.empty());
  if (response.status != 200) {
    checkRefusal(response);
    return 0;
  }
  fuzzing::require(method == "POST" && response.body == token);
  checkToken(application, body);
  return 0;
}
