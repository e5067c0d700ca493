#include "routes.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <liveblocks/adapters/cpp_httplib.hpp>

#include "access.hpp"
#include "common/requests.hpp"

namespace task_board {
namespace {

using nlohmann::json;
using HandlerResponse = httplib::Server::HandlerResponse;

constexpr const char* authPath = "/api/liveblocks-auth";
constexpr std::chrono::seconds boardTimeout{8};

void sendJson(httplib::Response& response, int status, const json& body) {
  response.status = status;
  response.set_header("Cache-Control", "no-store");
  response.set_content(body.dump(-1, ' ', false, json::error_handler_t::replace), "application/json");
}

void sendError(httplib::Response& response, int status, const char* error) {
  sendJson(response, status, {{"error", error}});
}

json toJson(const std::vector<Task>& tasks, const std::string& userId) {
  json list = json::array();
  for (const Task& task : tasks) {
    list.push_back(
        {{"id", task.id}, {"title", task.title}, {"owner", task.ownerId == userId ? "user" : "organization"}});
  }
  return list;
}

json userOf(const liveblocks::Caller& caller) {
  json user = json::parse(caller.options.userInfo.value_or(liveblocks::Json::object({})).text());
  user["id"] = caller.userId;
  return user;
}

json organizationOf(const liveblocks::Caller& caller) {
  const auto& organization = caller.clerk->organization();
  if (!organization) return nullptr;
  return {{"id", organization->id}, {"slug", organization->slug}};
}

/// Responds with the tasks of the caller.
void sendBoard(const Application& application, const httplib::Request& request, httplib::Response& response) {
  const auto caller = application.identify(liveblocks::adapters::requestView(request, {}),
                                           std::chrono::steady_clock::now() + boardTimeout);
  if (!caller) {
    const bool unavailable = caller.error().kind() == liveblocks::ErrorKind::unavailable;
    return sendError(response, unavailable ? 503 : 401, unavailable ? "unavailable" : "unauthorized");
  }
  const std::string& owner = activeOwner(*caller);
  json board = {{"user", userOf(*caller)},
                {"organization", organizationOf(*caller)},
                {"tasks", toJson(application.database->ownedBy(caller->userId, owner), caller->userId)},
                {"elsewhere", json::array()},
                {"lobby", lobbyOf(owner)}};
  if (application.localClerk != nullptr) {
    // Only the numbers, so that the page can show a refusal.
    for (const Task& task : application.database->ownedByNeither(caller->userId, owner)) {
      board["elsewhere"].push_back(task.id);
    }
  }
  sendJson(response, 200, board);
}

void sendConfig(const Application& application, httplib::Response& response) {
  response.set_header("Cache-Control", "no-store");
  response.set_content(application.pageConfig, "application/json");
}

bool hasHeader(const httplib::Response& response, const liveblocks::http::Header& header) {
  const auto [first, last] = response.headers.equal_range(header.name);
  return std::any_of(first, last, [&](const auto& field) { return field.second == header.value; });
}

/// Adds the headers that the response of the guard does not have yet.
void addMissing(httplib::Response& response, const std::vector<liveblocks::http::Header>& headers) {
  for (const auto& header : headers) {
    if (!hasHeader(response, header)) liveblocks::adapters::addHeader(response, header);
  }
}

/// Protects a handler with the guard, if there is one, and adds the headers of the state to the response.
httplib::Server::Handler guarded(const Application& application, const httplib::Server::Handler& handler) {
  if (!application.guard) return handler;
  return [&guard = *application.guard, handler](const httplib::Request& request, httplib::Response& response) {
    const auto [refusal, state] = guard.authenticate(liveblocks::adapters::requestView(request, {}));
    if (refusal) return liveblocks::adapters::setResponse(request, response, *refusal);
    handler(request, response);
    addMissing(response, state.headers());
    if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
  };
}

void addStaticFiles(examples::Router& router, const Application& application) {
  for (const auto& [path, file] : application.files) {
    const auto send = [&page = file](const httplib::Request&, httplib::Response& response) {
      examples::sendFile(page, response);
    };
    router.get(path, path == "/" ? guarded(application, send) : send);
  }
}

/// Handles requests before their bodies are read, and passes only those on whose handler reads the body.
HandlerResponse handle(const Application& application, const examples::Router& router, const httplib::Request& request,
                       httplib::Response& response) {
  if (application.localClerk != nullptr) {
    const auto handled = application.localClerk->handle(request, response);
    if (handled) return *handled;
  }
  const bool isForEndpoint = request.path == authPath;
  if (examples::refuseUnread(request, response, isForEndpoint)) return HandlerResponse::Handled;
  if (isForEndpoint) return HandlerResponse::Unhandled;
  router.handle(request, response);
  return HandlerResponse::Handled;
}

}  // namespace

void addRoutes(httplib::Server& server, examples::Router& router, const Application& application) {
  server.set_default_headers({{"Content-Security-Policy", application.contentSecurityPolicy},
                              {"X-Content-Type-Options", "nosniff"},
                              {"Referrer-Policy", "no-referrer"}});
  server.set_pre_routing_handler([&](const httplib::Request& request, httplib::Response& response) {
    return handle(application, router, request, response);
  });
  liveblocks::adapters::addRoute(server, authPath, application.authEndpoint);
  const auto config = [&](const auto&, httplib::Response& response) { sendConfig(application, response); };
  router.get("/api/config", config);
  const auto board = [&](const auto& request, httplib::Response& response) {
    sendBoard(application, request, response);
  };
  router.get("/api/board", guarded(application, board));
  addStaticFiles(router, application);
}

}  // namespace task_board
