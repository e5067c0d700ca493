/// Routes for whoever is out there.
#pragma once

#include <httplib.h>

#include <map>
#include <string>
#include <utility>

namespace examples {

/// By whole paths. The routes of cpp-httplib are regular expressions, and `std::regex` calls itself once for each
/// character of a path that fits one: a long path ends a process whose threads have small stacks.
class Router {
 public:
  using Handler = httplib::Server::Handler;

  /// Also for HEAD.
  void get(const std::string& path, Handler handler);

  void post(const std::string& path, Handler handler);

  /// For whatever has no route; without it that is answered with 404.
  void otherwise(Handler handler);

  /// For a pre-routing handler, so no body has been read: that of a request that has one must be refused before.
  void answer(const httplib::Request& request, httplib::Response& response) const;

 private:
  /// By method and path.
  std::map<std::pair<std::string, std::string>, Handler> routes_;
  Handler otherwise_ = [](const httplib::Request&, httplib::Response& response) { response.status = 404; };
};

}  // namespace examples
