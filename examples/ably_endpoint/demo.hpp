/// A Clerk instance without Clerk, for trying the endpoint on one's own machine.
#pragma once

#include <memory>
#include <string>

#include <liveblocks/testing/fake_clerk.hpp>

#include "common/clerk.hpp"
#include "common/router.hpp"

namespace ably_endpoint {

/// Ada has a username, Grace has none.
std::shared_ptr<liveblocks::testing::FakeClerk> makeDemoClerk();

/// What makes the endpoint take it for Clerk.
examples::ClerkConfig demoConfig(const std::shared_ptr<liveblocks::testing::FakeClerk>& clerk);

/// Adds `POST /demo/token/user_ada` and `/demo/token/user_grace`, which give a session to whoever asks.
void addDemoRoutes(examples::Router& router, const std::shared_ptr<liveblocks::testing::FakeClerk>& clerk,
                   const std::string& publicOrigin);

}  // namespace ably_endpoint
