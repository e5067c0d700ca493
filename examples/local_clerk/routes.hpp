/// What browsers see of the local Clerk.
#pragma once

#include <httplib.h>

#include <optional>
#include <string>

#include "common/router.hpp"
#include "common/static_files.hpp"
#include "local_clerk/local_clerk.hpp"

namespace local_clerk {

/// The Frontend API, and the page where people sign in. They are Clerk's, not the application's, so no guard stands in
/// front. Both answer loopback host names only, and lead pages to the one that the application's origin has: cookies
/// of another one are others.
class Routes {
 public:
  /// Adds to the server the one route that reads bodies. `clerk` must outlive the server, and this the requests. Throws
  /// `std::runtime_error` where the page was not built.
  Routes(httplib::Server& server, LocalClerk& clerk);
  Routes(const Routes&) = delete;
  Routes& operator=(const Routes&) = delete;

  /// For the beginning of the application's pre-routing handler, which returns what this returns. nullopt: the request
  /// is for the application.
  std::optional<httplib::Server::HandlerResponse> answer(const httplib::Request& request,
                                                         httplib::Response& response) const;

 private:
  void addPage();
  void addPeople();

  LocalClerk& clerk_;
  examples::StaticFiles files_;
  examples::Router page_;
};

}  // namespace local_clerk
