/// The routes of the local Clerk for browsers.
#pragma once

#include <httplib.h>

#include <optional>
#include <string>

#include "common/router.hpp"
#include "common/static_files.hpp"
#include "local_clerk/local_clerk.hpp"

namespace local_clerk {

/// The Frontend API and the sign-in page. They stand for Clerk, so they are not guarded. Both only serve loopback host
/// names, and redirect pages to the host name of the application's origin, because others do not share its cookies.
class Routes {
 public:
  /// Adds the only route that reads bodies to the server. `clerk` must outlive the server, and this object the
  /// requests. Throws `std::runtime_error` if the page was not built.
  Routes(httplib::Server& server, LocalClerk& clerk);
  Routes(const Routes&) = delete;
  Routes& operator=(const Routes&) = delete;

  /// To be called first in the application's pre-routing handler, which returns the result. nullopt if the request is
  /// for the application.
  std::optional<httplib::Server::HandlerResponse> handle(const httplib::Request& request,
                                                         httplib::Response& response) const;

 private:
  void addPage();
  void addPeople();

  LocalClerk& clerk_;
  examples::StaticFiles files_;
  examples::Router page_;
};

}  // namespace local_clerk
