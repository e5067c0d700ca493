// Calls of Liveblocks and Clerk over libcurl, while it or OpenSSL fails.

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/liveblocks.hpp>

#include <string>
#include <utility>

#include "forms.hpp"
#include "testing/transport_check/server.hpp"
#include "tokens.hpp"

namespace lb = liveblocks;
namespace check = liveblocks::testing::transport_check;
using namespace liveblocks_tests;

namespace {

/// Liveblocks and Clerk at once.
class Upstream {
 public:
  Upstream()
      : jwks_(issuer().jwks()),
        server_([this](const auto& request) { return check::respond(200, bodyFor(request)); }) {}

  std::string url() const { return server_.url(""); }

 private:
  std::string bodyFor(const check::Received& request) const {
    if (request.target == "/v1/jwks") return jwks_;
    if (request.target == "/v1/users/user_1") return R"({"id":"user_1","first_name":"Ada","email_addresses":[]})";
    if (request.method == "GET") return R"({"nextCursor":null,"data":[]})";
    return R"({"token":"a.b.c"})";
  }

  const std::string jwks_;
  check::Server server_;
};

lb::Liveblocks clientOf(const Upstream& upstream, const std::shared_ptr<lb::http::Transport>& transport) {
  lb::LiveblocksOptions options;
  options.secret = "sk_test_x";
  options.baseUrl = upstream.url();
  options.retry = false;
  return lb::Liveblocks(options, transport);
}

Verdict verdictOnResponse(const lb::AuthResponse& response) {
  if (response.status != 200) return Verdict::failed;
  CHECK(response.body == R"({"token":"a.b.c"})");
  return Verdict::accepted;
}

}  // namespace

TEMPLATE_TEST_CASE("a token is issued or not while libcurl fails", "", BlockingForm, AsynchronousForm) {
  const Upstream upstream;
  surviveEachFaultOver<TestType>(Verdict::accepted, [&](const TestType& form) {
    lb::Session session = clientOf(upstream, form.transport()).prepareSession("bob");
    session.allow("room", lb::FULL_ACCESS);
    return verdictOnResponse(
        form.template run<lb::AuthResponse>([&] { return session.authorize(deadline()); },
                                            [&](auto done) { session.authorizeAsync(std::move(done), {deadline()}); }));
  });
}

TEMPLATE_TEST_CASE("rooms are listed or not while libcurl fails", "", BlockingForm, AsynchronousForm) {
  const Upstream upstream;
  surviveEachFaultOver<TestType>(Verdict::accepted, [&](const TestType& form) {
    const lb::Liveblocks client = clientOf(upstream, form.transport());
    return verdictOn(form.template run<lb::Result<lb::RoomPage>>(
        [&] { return client.getRooms({}, {}, deadline()); },
        [&](auto done) { client.getRoomsAsync({}, {}, std::move(done), {deadline()}); }));
  });
}

TEMPLATE_TEST_CASE("a user is looked up or not while libcurl fails", "", BlockingForm, AsynchronousForm) {
  const Upstream upstream;
  surviveEachFaultOver<TestType>(Verdict::accepted, [&](const TestType& form) {
    lb::clerk::UsersOptions options;
    options.secretKey = "sk_test_x";
    options.apiUrl = upstream.url();
    options.retry = false;
    options.cacheTtl = std::chrono::seconds(60);
    const lb::clerk::Users users(options, form.transport());
    return verdictOn(form.template run<lb::Result<lb::clerk::User>>(
        [&] { return users.get("user_1", deadline()); },
        [&](auto done) { users.getAsync("user_1", std::move(done), {deadline()}); }));
  });
}

TEMPLATE_TEST_CASE("keys are fetched or not while libcurl or OpenSSL fails, and nothing is accepted wrongly", "",
                   BlockingForm, AsynchronousForm) {
  const Upstream upstream;
  const Credential credential = validOrForged();
  surviveEachFaultOver<TestType>(credential.expected, [&](const TestType& form) {
    const lb::clerk::SessionVerifier verifier(
        lb::clerk::KeySource::backendApi("sk_test_x", upstream.url(), form.transport()));
    return verdictOn(form.template run<lb::Result<lb::clerk::SessionClaims>>(
        [&] { return verifier.verify(credential.token, deadline()); },
        [&](auto done) { verifier.verifyAsync(credential.token, std::move(done), {deadline()}); }));
  });
}
