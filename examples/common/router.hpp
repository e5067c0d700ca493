/// Routes for public servers.
#pragma once

#include <httplib.h>

#include <map>
#include <string>
#include <utility>

namespace examples {

/// Routes by whole paths. The routes of cpp-httplib are regular expressions, and `std::regex` recurses for each
/// character of a matching path: a long path crashes a process whose threads have small stacks.
class Router {
 public:
  using Handler = httplib::Server::Handler;

  /// Also for HEAD.
  void get(const std::string& path, Handler handler);

  void post(const std::string& path, Handler handler);

  /// Sets the handler for requests without a route; by default the response is 404.
  void otherwise(Handler handler);

  /// For a pre-routing handler, before the body is read: requests with a body must be rejected before.
  void handle(const httplib::Request& request, httplib::Response& response) const;

 private:
  /// Handlers by method and path.
  std::map<std::pair<std::string, std::string>, Handler> routes_;
  Handler otherwise_ = [](const httplib::Request&, httplib::Response& response) { response.status = 404; };
};

}  // namespace examples
