/// The pages and the API, and the guard that protects them. Depends only on the library and cpp-httplib.
#pragma once

#include <httplib.h>

#include <map>
#include <string>
#include <string_view>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/clerk/users.hpp>

namespace guarded_site {

/// A script, a style or another file of the pages.
struct File {
  std::string contentType;
  std::string body;
};

/// Everything that the pages need. Immutable, thread-safe.
class Site {
 public:
  /// `options` are those of the client: the script of the pages loads Clerk's browser SDK for that instance. `files`
  /// are by path, such as `/style.css`.
  Site(const liveblocks::clerk::Client& client, const liveblocks::clerk::ClientOptions& options,
       std::map<std::string, File> files);
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// Responds to any request. For a pre-routing handler: bodies are not needed, and rejected. The site must outlive the
  /// response.
  void respond(const httplib::Request& request, httplib::Response& response) const;

 private:
  using Auth = liveblocks::clerk::Auth;
  using State = liveblocks::clerk::RequestState;

  void show(const std::string& path, const State& state, httplib::Response& response) const;
  void showHome(const State& state, httplib::Response& response) const;
  void showDashboard(const State& state, httplib::Response& response) const;
  void showAdmin(const State& state, httplib::Response& response) const;
  void showMissing(httplib::Response& response) const;
  void sendPage(httplib::Response& response, int status, std::string_view title, std::string_view body) const;
  std::string nameOf(const Auth& auth) const;

  liveblocks::clerk::RouteGuard guard_;
  liveblocks::clerk::Users users_;
  /// The HTML in the head of all pages, after the title.
  std::string head_;
  std::map<std::string, File> files_;
};

}  // namespace guarded_site
