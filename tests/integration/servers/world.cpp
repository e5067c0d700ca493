#include "world.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/liveblocks.hpp>

namespace liveblocks_tests {
namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;

std::filesystem::path makeFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "liveblocks-servers-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  std::ofstream(std::filesystem::path(name) / "page.txt") << "from a file";
  return name;
}

clerk::ClientOptions clerkOptions() {
  clerk::ClientOptions options;
  options.publishableKey = World::clerk().publishableKey();
  options.publicOrigin = "https://app.example.com";
  return options;
}

clerk::Client makeClerk() {
  clerk::ClientOptions options = clerkOptions();
  options.jwtKey = World::clerk().publicKeyPem();
  return clerk::Client(options, nullptr);
}

clerk::RouteGuardOptions routes() {
  clerk::RouteGuardOptions options;
  options.publicRoutes = {"/health", "/public(.*)", "/api/liveblocks-auth"};
  return options;
}

liveblocks::Decision decide(const liveblocks::AuthRequest& request) {
  if (request.room == "fails") throw std::runtime_error("private");
  return liveblocks::Decision().allow(request.room.value_or("*"), liveblocks::FULL_ACCESS);
}

std::string textOf(const http::RequestView& request) {
  std::string text = std::string(request.method) + " " + std::string(request.url) + "\n";
  for (const auto& [name, value] : request.headers) text.append(name).append(": ").append(value).append("\n");
  return text.append(request.body);
}

}  // namespace

World::World(Keys keys)
    : folder_(makeFolder()),
      liveblocks_(eachRequest([this](Connection& connection, const ReceivedRequest& request) {
        respondAsLiveblocks(connection, request);
      })),
      transport_(std::make_shared<http::StoppableTransport>(http::makeCurlTransport({}, thread_.makeLoop()))),
      server_(startServer(makeApplication(keys))) {}

World::~World() {
  gate_.open();
  server_.reset();
  std::filesystem::remove_all(folder_);
}

Application World::makeApplication(Keys keys) {
  liveblocks::LiveblocksOptions options;
  options.secret = "sk_x";
  options.baseUrl = liveblocks_.url("");
  liveblocks::AuthEndpointOptions endpointOptions;
  endpointOptions.maxBody = maxBody;
  endpointOptions.timeout = std::chrono::seconds(60);
  return {{liveblocks::Liveblocks(options, transport_), identify(), decide, endpointOptions},
          makeGuard(keys),
          folder_.string()};
}

clerk::RouteGuard World::makeGuard(Keys keys) const {
  if (keys == Keys::pem) return makeClerk().routeGuard(routes());
  clerk::ClientOptions options = clerkOptions();
  options.secretKey = "sk_live_x";
  options.apiUrl = liveblocks_.url("");
  return clerk::Client(options, transport_).routeGuard(routes());
}

liveblocks::Identify World::identify() {
  const auto inner = liveblocks::clerkIdentity(makeClerk());
  return [this, inner](const http::RequestView& request, liveblocks::Deadline deadline) {
    {
      const std::lock_guard lock(mutex_);
      seen_.push_back(textOf(request));
    }
    return inner(request, deadline);
  };
}

void World::respondAsLiveblocks(Connection& connection, const ReceivedRequest& request) {
  const bool isForKeys = request.requestLine().find("/v1/jwks") != std::string::npos;
  if (isForKeys || request.body.find("\"slow") != std::string::npos) gate_.pass();
  if (isForKeys) {
    connection.respond(200, clerk().jwks());
    return;
  }
  connection.respond(200, R"({"token":"a.b.c"})");
}

Reply World::replyTo(const std::string& request) const {
  RawClient client = connect();
  client.send(request);
  return Reply::parse(client.receive(request.rfind("HEAD ", 0) != 0));
}

std::vector<Reply> World::repliesTo(const std::string& bytes) const {
  RawClient client = connect();
  client.send(bytes);
  client.finish();
  std::vector<Reply> replies;
  for (std::string text = client.receive(); !text.empty(); text = client.receive()) {
    replies.push_back(Reply::parse(text));
  }
  if (!client.atEnd()) throw std::runtime_error("the server does not end the connection");
  return replies;
}

std::string World::request(const std::string& method, const std::string& target, const std::string& headers,
                           const std::string& body) {
  return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body;
}

std::string World::post(const std::string& room, const std::string& headers) {
  const std::string body = R"({"room":")" + room + R"("})";
  return request("POST", "/api/liveblocks-auth",
                 signedIn() + headers + "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

std::string World::signedIn() { return "Authorization: Bearer " + token() + "\r\n"; }

std::string World::token() {
  liveblocks::testing::SessionTokenSpec session;
  session.userId = "ada";
  return clerk().sessionToken(session);
}

const liveblocks::testing::ClerkIssuer& World::clerk() {
  static const liveblocks::testing::ClerkIssuer instance;
  return instance;
}

std::vector<std::string> World::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

}  // namespace liveblocks_tests
