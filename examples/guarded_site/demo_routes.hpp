/// What browsers see of the demo's Clerk.
#pragma once

#include "common/router.hpp"
#include "demo_clerk.hpp"

namespace guarded_site {

/// Adds the handshake of the Frontend API, and the sign-in page with what its buttons do. They are Clerk's, not the
/// site's, so no guard stands in front. `clerk` must outlive the router.
void addDemoRoutes(examples::Router& router, const DemoClerk& clerk);

}  // namespace guarded_site
