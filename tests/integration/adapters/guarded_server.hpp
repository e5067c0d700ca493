/// A cpp-httplib server behind a route guard.
#pragma once

#include <liveblocks/adapters/cpp_httplib_guard.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "raw_client.hpp"
#include "test_server.hpp"

namespace liveblocks_tests {

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
    liveblocks::adapters::addGuard(server_, makeGuard());
    server_.set_mount_point("/files", folder_.path());
    // Short paths alone are asked for, which no pattern makes a danger.
    server_.Get("/public/marker", [this](const httplib::Request&, httplib::Response&) { ++marked_; });
    server_.Get("/public(/.*)?", say("public"));
    server_.Get("/secret", say("secret"));
    server_.Get(".*/reports/.*", say("reports"));
    server_.Get(".*", say("anything"));
    for (const char* path : {"/secret", "/public/form"}) {
      server_.Post(path, say("posted"));
      server_.Put(path, say("put"));
      server_.Patch(path, say("patched"));
      server_.Delete(path, say("deleted"));
      server_.Options(path, say("options"));
    }
    port_ = server_.start();
  }

  RawClient connect() const { return RawClient(port_); }

  /// The answer to a request on a connection of its own.
  std::string get(const std::string& target, const std::string& headers = "") const {
    RawClient client = connect();
    client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    return client.receive();
  }

  /// How often `/public/marker` was reached.
  int marked() const { return marked_; }

  static std::string authorization() { return "Authorization: Bearer " + issuer().sessionToken() + "\r\n"; }

 private:
  static const liveblocks::testing::ClerkIssuer& issuer() {
    static const liveblocks::testing::ClerkIssuer instance;
    return instance;
  }

  static liveblocks::clerk::RouteGuard makeGuard() {
    liveblocks::clerk::RequestAuthenticatorOptions options;
    options.publishableKey = issuer().publishableKey();
    options.publicOrigin = "https://app.example.com";
    liveblocks::clerk::RouteGuardOptions routes;
    routes.publicRoutes = {"/public(.*)"};
    return liveblocks::clerk::RouteGuard(
        liveblocks::clerk::RequestAuthenticator(liveblocks::clerk::KeySource::pem(issuer().publicKeyPem()), options,
                                                nullptr),
        routes);
  }

  Folder folder_;
  std::atomic<int> marked_{0};
  int port_ = 0;
  TestServer server_;
};

}  // namespace liveblocks_tests
