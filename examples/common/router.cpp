#include "common/router.hpp"

namespace examples {

void Router::get(const std::string& path, Handler handler) {
  routes_.insert_or_assign({"HEAD", path}, handler);
  routes_.insert_or_assign({"GET", path}, std::move(handler));
}

void Router::post(const std::string& path, Handler handler) {
  routes_.insert_or_assign({"POST", path}, std::move(handler));
}

void Router::otherwise(Handler handler) { otherwise_ = std::move(handler); }

void Router::handle(const httplib::Request& request, httplib::Response& response) const {
  const auto route = routes_.find({request.method, request.path});
  (route == routes_.end() ? otherwise_ : route->second)(request, response);
}

}  // namespace examples
