/// Browsers that a server sends here to have their cookies brought up to date.
/// https://clerk.com/docs/how-clerk-works/overview
#pragma once

#include <liveblocks/http/message.hpp>

#include "testing/fake_frontend_api/browsers.hpp"
#include "testing/fake_frontend_api/instance.hpp"
#include "testing/fake_frontend_api/request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// Back to `redirect_url`, with what brings the cookies: a nonce where `format=nonce` asks for one, else a signed
/// token; in the URL of a development instance, else in a cookie. A development instance gets to know the browser.
/// Refused where the URL is no page of the origin.
http::Response shakeHands(const Request& request, Instance& instance, Browsers& browsers);

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
