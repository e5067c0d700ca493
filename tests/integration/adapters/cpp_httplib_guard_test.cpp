#include <liveblocks/adapters/cpp_httplib_guard.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "catch.hpp"
#include "raw_client.hpp"

using namespace liveblocks;
using liveblocks_tests::RawClient;

namespace {

/// A folder with one file, for the life of the object.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / ("liveblocks-guard-" + std::string(6, 'X'))).string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
    std::ofstream(path_ / "secret.txt") << "from a file";
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// `/public/...` for everybody; `/secret`, every other path and a mounted folder for those who are signed in.
class GuardedServer {
 public:
  GuardedServer() {
    const auto say = [](const char* text) {
      return [text](const httplib::Request&, httplib::Response& response) { response.set_content(text, "text/plain"); };
    };
    adapters::addGuard(server_, makeGuard());
    server_.set_keep_alive_timeout(1);
    server_.set_tcp_nodelay(true);
    server_.set_mount_point("/files", folder_.path());
    server_.Get("/public/.*", say("public"));
    server_.Get("/secret", say("secret"));
    server_.Get(".*", say("anything"));
    server_.Post("/secret", say("posted"));
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  GuardedServer(const GuardedServer&) = delete;
  GuardedServer& operator=(const GuardedServer&) = delete;
  ~GuardedServer() {
    server_.stop();
    thread_.join();
  }

  RawClient connect() const { return RawClient(port_); }

  /// The answer to a request on a connection of its own.
  std::string get(const std::string& target, const std::string& headers = "") const {
    RawClient client = connect();
    client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    return client.receive();
  }

  static std::string authorization() { return "Authorization: Bearer " + issuer().sessionToken() + "\r\n"; }

 private:
  static const testing::ClerkIssuer& issuer() {
    static const testing::ClerkIssuer instance;
    return instance;
  }

  static clerk::RouteGuard makeGuard() {
    clerk::AuthenticatorOptions options;
    options.publishableKey = issuer().publishableKey();
    options.publicOrigin = "https://app.example.com";
    clerk::RouteGuardOptions routes;
    routes.publicRoutes = {"/public(.*)"};
    return clerk::RouteGuard(
        clerk::RequestAuthenticator(clerk::KeySource::pem(issuer().publicKeyPem()), options, nullptr), routes);
  }

  Folder folder_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

int statusOf(const std::string& response) { return response.size() > 12 ? std::stoi(response.substr(9, 3)) : 0; }

bool holds(const std::string& response, const std::string& text) { return response.find(text) != std::string::npos; }

}  // namespace

TEST_CASE_METHOD(GuardedServer, "what is not public is not reached around the guard") {
  const std::string target =
      GENERATE("/secret", "/%73ecret", "/secret?x", "/secret#", "/public/../secret", "/public/%2e%2e/secret",
               "/public%2F..%2Fsecret", "/public/%2E%2E%2Fsecret", "//secret", "/public//x", "/public;/../secret",
               "/%u0073ecret", "/%2573ecret", "/files/secret.txt", "/files/%73ecret.txt", "/public/..%5Csecret",
               "http://localhost/secret", "/public%", "/unknown");
  CAPTURE(target);
  CHECK(statusOf(get(target)) == 401);
}

TEST_CASE_METHOD(GuardedServer, "what is public is reached by everybody, and told who came") {
  const std::string response = get(GENERATE("/public/", "/public/a%20b?x", "/%70ublic/x"));
  CHECK(statusOf(response) == 200);
  CHECK(holds(response, "\r\n\r\npublic"));
  CHECK(holds(response, "X-Clerk-Auth-Status: signed-out"));
}

TEST_CASE_METHOD(GuardedServer, "who is signed in reaches handlers and files") {
  const auto [target, body] = GENERATE(table<std::string, std::string>({
      {"/secret", "secret"},
      {"/%73ecret", "secret"},
      {"/unknown", "anything"},
      {"/files/secret.txt", "from a file"},
  }));
  CAPTURE(target);
  const std::string response = get(target, authorization());
  CHECK(statusOf(response) == 200);
  CHECK(holds(response, "\r\n\r\n" + body));
}

TEST_CASE_METHOD(GuardedServer, "a page is redirected over the wire") {
  const std::string response = get("/secret?a=b", "Accept: text/html\r\n");
  CHECK(statusOf(response) == 307);
  CHECK(holds(response,
              "Location: https://accounts.example.com/sign-in?redirect_url="
              "https%3A%2F%2Fapp.example.com%2Fsecret%3Fa%3Db\r\n"));
  CHECK(holds(response, "Cache-Control: no-store\r\n"));
  CHECK(holds(response, "Content-Length: 0\r\n"));
  CHECK_FALSE(holds(response, "Content-Type"));
}

TEST_CASE_METHOD(GuardedServer, "the body of a refused request is not taken for the next one") {
  const std::string smuggled = "GET /public/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string framing = GENERATE_COPY("Content-Length: " + std::to_string(smuggled.size()) + "\r\n",
                                            std::string("Transfer-Encoding: chunked\r\n"));
  RawClient client = connect();
  client.send("POST /secret HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n" + smuggled);
  const std::string response = client.receive();
  CHECK(statusOf(response) == 401);
  CHECK(holds(response, "Connection: close\r\n"));
  CHECK(client.atEnd());
}

TEST_CASE_METHOD(GuardedServer, "a refused request without a body leaves the connection open") {
  RawClient client = connect();
  const std::string head = "GET /secret HTTP/1.1\r\nHost: localhost\r\n";
  client.send(head + "\r\n");
  CHECK(statusOf(client.receive()) == 401);
  client.send(head + authorization() + "\r\n");
  CHECK(statusOf(client.receive()) == 200);
}

TEST_CASE_METHOD(GuardedServer, "a request with a body that may pass is read to its end") {
  RawClient client = connect();
  client.send("POST /secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n" + authorization() + "\r\nbody");
  const std::string response = client.receive();
  CHECK(statusOf(response) == 200);
  CHECK(holds(response, "posted"));
}
