#include "endpoint.hpp"

#include <string>

#include <liveblocks/core/json.hpp>

#include "common/guarded.hpp"
#include "common/requests.hpp"

namespace ably_endpoint {
namespace {

namespace ably = liveblocks::ably;
namespace clerk = liveblocks::clerk;
using httplib::Request;
using httplib::Response;
using liveblocks::Json;

/// Ably's codes for what its client is told (https://ably.com/docs/platform/errors/codes).
constexpr int forbidden = 40300;
constexpr int notFound = 40400;
constexpr int internalError = 50000;

constexpr const char* mediaType = "application/json";

/// In the form that Ably's client understands. It retries after any status but 403, which ends its connection for good.
void refuse(Response& response, int status, int code, const std::string& message) {
  const Json error = Json::object({{"code", code}, {"statusCode", status}, {"message", message}});
  response.status = status;
  response.set_content(Json::object({{"error", error}}).text(), mediaType);
}

/// Everybody may talk in the chats, and read what is sent to them alone.
liveblocks::Result<ably::Capability> capabilityOf(const clerk::User& user) {
  const auto inbox = ably::channelName("inbox", user.id);
  if (!inbox) return inbox.error();
  return ably::Capability::of(
      {{"chat:*", {ably::Operation::publish, ably::Operation::subscribe, ably::Operation::presence}},
       {*inbox, {ably::Operation::subscribe}}});
}

/// A session outlives its account by up to a minute.
void refuseUnknown(Response& response, const liveblocks::Error& error) {
  if (error.code == liveblocks::Errc::notFound) return refuse(response, 403, forbidden, "Your account is gone");
  refuse(response, 503, internalError, "Your account cannot be looked up right now");
}

/// The query is not looked at: what the client writes there is its wish.
void answerTokenRequest(const Endpoint& endpoint, const clerk::RequestState& state, Response& response) {
  const auto user = endpoint.users.get(state.auth().userId());
  if (!user) return refuseUnknown(response, user.error());
  if (!user->username) return refuse(response, 403, forbidden, "Choose a username first");
  const auto clientId = ably::ClientId::named(*user->username);
  if (!clientId) return refuse(response, 403, forbidden, "Your username cannot be used here");
  const auto capability = capabilityOf(*user);
  if (!capability) return refuse(response, 403, forbidden, "Your account cannot be used here");
  const auto request = endpoint.signer.sign({*clientId, *capability});
  if (!request) return refuse(response, 503, internalError, "No token can be had right now");
  response.set_content(request->json(), mediaType);
}

/// Answers every request, before its body is read: nobody needs one.
void answer(const Endpoint& endpoint, const examples::Router& router, const Request& request, Response& response) {
  if (endpoint.demo && !examples::namesLoopback(request)) {
    examples::answerUnread(response, 421, "misdirected request");
  } else if (!examples::refuseUnread(request, response, false)) {
    router.answer(request, response);
  }
}

}  // namespace

void addEndpoint(httplib::Server& server, examples::Router& router, const Endpoint& endpoint) {
  server.set_pre_routing_handler([&](const Request& request, Response& response) {
    answer(endpoint, router, request, response);
    return httplib::Server::HandlerResponse::Handled;
  });
  router.get("/api/ably", examples::guarded(endpoint.guard,
                                            [&](const clerk::RequestState& state, const Request&, Response& response) {
                                              answerTokenRequest(endpoint, state, response);
                                            }));
  router.otherwise(
      examples::guarded(endpoint.guard, [](const clerk::RequestState&, const Request&, Response& response) {
        refuse(response, 404, notFound, "There is nothing here");
      }));
}

}  // namespace ably_endpoint
