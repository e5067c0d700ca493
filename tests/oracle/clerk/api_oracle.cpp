// Reads calls of clerk::api, a JSON object {"call", "args", "answer"} a line, and prints what clerk::Client sends and
// what it makes of the answer; api.mjs lets @clerk/backend do the same.

#include <chrono>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/clerk/invitations_api.hpp>
#include <liveblocks/clerk/organizations_api.hpp>
#include <liveblocks/clerk/sessions_api.hpp>
#include <liveblocks/clerk/users_api.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <nlohmann/json.hpp>

namespace {

namespace api = liveblocks::clerk::api;
namespace http = liveblocks::http;
using liveblocks::clerk::Client;
using nlohmann::json;
using Time = std::chrono::system_clock::time_point;

/// The arguments of a call, as @clerk/backend names them.
class Args {
 public:
  explicit Args(json object) : object_(std::move(object)) {}

  std::string text(const char* name) const { return object_.value(name, std::string()); }
  bool flag(const char* name) const { return object_.value(name, false); }
  std::vector<std::string> list(const char* name) const { return object_.value(name, std::vector<std::string>()); }
  template <class T>
  std::optional<T> maybe(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() ? std::nullopt : std::optional<T>(found->get<T>());
  }
  std::optional<Time> time(const char* name) const {
    const auto count = maybe<std::int64_t>(name);
    return count ? std::optional<Time>(std::chrono::milliseconds(*count)) : std::nullopt;
  }
  std::optional<liveblocks::Json> object(const char* name) const {
    const auto found = object_.find(name);
    if (found == object_.end()) return std::nullopt;
    return liveblocks::Json::parse(found->dump());
  }
  api::PageOptions page() const { return {maybe<int>("limit"), object_.value("offset", 0)}; }

 private:
  json object_;
};

json orNull(const std::optional<std::string>& text) { return text ? json(*text) : json(); }
json orNull(const std::optional<std::int64_t>& number) { return number ? json(*number) : json(); }
json orNull(const std::optional<Time>& time) {
  if (!time) return {};
  return std::chrono::duration_cast<std::chrono::milliseconds>(time->time_since_epoch()).count();
}
json of(const liveblocks::Json& value) { return json::parse(value.text()); }

json describe(std::int64_t count) { return count; }
json describe(const liveblocks::Secret& token) { return {{"jwt", token.reveal()}}; }

json describe(const liveblocks::clerk::User& user) {
  return {{"id", user.id},
          {"username", orNull(user.username)},
          {"banned", user.banned},
          {"locked", user.locked},
          {"publicMetadata", of(user.publicMetadata)}};
}

json describe(const api::Session& session) {
  return {{"id", session.id},
          {"userId", session.userId},
          {"clientId", session.clientId},
          {"status", session.status},
          {"lastActiveOrganizationId", orNull(session.lastActiveOrganizationId)},
          {"actor", of(session.actor)},
          {"lastActiveAt", orNull(session.lastActiveAt)},
          {"expireAt", orNull(session.expireAt)},
          {"abandonAt", orNull(session.abandonAt)},
          {"createdAt", orNull(session.createdAt)}};
}

json describe(const api::Organization& organization) {
  return {{"id", organization.id},
          {"name", organization.name},
          {"slug", orNull(organization.slug)},
          {"imageUrl", organization.imageUrl},
          {"membersCount", orNull(organization.membersCount)},
          {"maxAllowedMemberships", orNull(organization.maxAllowedMemberships)},
          {"createdBy", orNull(organization.createdBy)},
          {"publicMetadata", of(organization.publicMetadata)},
          {"privateMetadata", of(organization.privateMetadata)},
          {"createdAt", orNull(organization.createdAt)}};
}

json describe(const api::OrganizationMembership& membership) {
  return {{"id", membership.id},
          {"organization", describe(membership.organization)},
          {"userId", orNull(membership.userId)},
          {"role", membership.role},
          {"permissions", membership.permissions},
          {"publicMetadata", of(membership.publicMetadata)},
          {"privateMetadata", of(membership.privateMetadata)},
          {"createdAt", orNull(membership.createdAt)}};
}

json describe(const api::Invitation& invitation) {
  return {{"id", invitation.id},
          {"emailAddress", invitation.emailAddress},
          {"status", invitation.status},
          {"url", orNull(invitation.url)},
          {"publicMetadata", of(invitation.publicMetadata)},
          {"createdAt", orNull(invitation.createdAt)}};
}

json describe(const api::OrganizationInvitation& invitation) {
  return {{"id", invitation.id},
          {"organizationId", invitation.organizationId},
          {"emailAddress", invitation.emailAddress},
          {"role", invitation.role},
          {"status", invitation.status},
          {"url", orNull(invitation.url)},
          {"publicMetadata", of(invitation.publicMetadata)},
          {"privateMetadata", of(invitation.privateMetadata)},
          {"createdAt", orNull(invitation.createdAt)},
          {"expiresAt", orNull(invitation.expiresAt)}};
}

template <class T>
json describe(const std::vector<T>& items) {
  json result = json::array();
  for (const T& item : items) result.push_back(describe(item));
  return result;
}

template <class T>
json describe(const api::List<T>& list) {
  return {{"data", describe(list.data)}, {"totalCount", list.totalCount}};
}

template <class T>
json outcome(const Client& client, const http::TypedCall<T>& call) {
  const auto result = client.call(call);
  if (!result) return {{"error", result.error().message}};
  if constexpr (std::is_void_v<T>) {
    return {{"value", nullptr}};
  } else {
    return {{"value", describe(*result)}};
  }
}

api::UserFilter userFilter(const Args& args) {
  api::UserFilter filter;
  filter.emailAddress = args.list("emailAddress");
  filter.phoneNumber = args.list("phoneNumber");
  filter.username = args.list("username");
  filter.web3Wallet = args.list("web3Wallet");
  filter.userId = args.list("userId");
  filter.externalId = args.list("externalId");
  filter.organizationId = args.list("organizationId");
  filter.query = args.maybe<std::string>("query");
  filter.lastActiveAtBefore = args.time("lastActiveAtBefore");
  filter.lastActiveAtAfter = args.time("lastActiveAtAfter");
  filter.createdAtBefore = args.time("createdAtBefore");
  filter.createdAtAfter = args.time("createdAtAfter");
  filter.lastSignInAtBefore = args.time("lastSignInAtBefore");
  filter.lastSignInAtAfter = args.time("lastSignInAtAfter");
  return filter;
}

api::MembershipFilter membershipFilter(const Args& args) {
  api::MembershipFilter filter;
  filter.userId = args.list("userId");
  filter.emailAddress = args.list("emailAddress");
  filter.phoneNumber = args.list("phoneNumber");
  filter.username = args.list("username");
  filter.web3Wallet = args.list("web3Wallet");
  filter.role = args.list("role");
  filter.query = args.maybe<std::string>("query");
  filter.emailAddressQuery = args.maybe<std::string>("emailAddressQuery");
  filter.phoneNumberQuery = args.maybe<std::string>("phoneNumberQuery");
  filter.usernameQuery = args.maybe<std::string>("usernameQuery");
  filter.nameQuery = args.maybe<std::string>("nameQuery");
  filter.lastActiveAtBefore = args.time("lastActiveAtBefore");
  filter.lastActiveAtAfter = args.time("lastActiveAtAfter");
  filter.createdAtBefore = args.time("createdAtBefore");
  filter.createdAtAfter = args.time("createdAtAfter");
  return filter;
}

api::MembershipRole memberOf(const Args& args) {
  return {args.text("organizationId"), args.text("userId"), args.text("role")};
}

api::OrganizationInvitationKey invitationKey(const Args& args) {
  return {args.text("organizationId"), args.text("invitationId")};
}

api::SessionTokenOptions tokenOptions(const Args& args) {
  api::SessionTokenOptions options;
  options.jwtTemplate = args.text("template");
  if (const auto seconds = args.maybe<std::int64_t>("expiresInSeconds")) {
    options.expiresIn = std::chrono::seconds(*seconds);
  }
  return options;
}

api::NewInvitation newInvitation(const Args& args) {
  api::NewInvitation invitation{args.text("emailAddress")};
  invitation.expiresInDays = args.maybe<int>("expiresInDays");
  invitation.ignoreExisting = args.maybe<bool>("ignoreExisting");
  invitation.notify = args.maybe<bool>("notify");
  invitation.publicMetadata = args.object("publicMetadata");
  invitation.redirectUrl = args.maybe<std::string>("redirectUrl");
  invitation.templateSlug = args.maybe<std::string>("templateSlug");
  return invitation;
}

api::NewOrganizationInvitation newOrganizationInvitation(const Args& args) {
  api::NewOrganizationInvitation invitation{args.text("organizationId"), args.text("emailAddress"), args.text("role")};
  invitation.expiresInDays = args.maybe<int>("expiresInDays");
  invitation.inviterUserId = args.maybe<std::string>("inviterUserId");
  invitation.publicMetadata = args.object("publicMetadata");
  invitation.privateMetadata = args.object("privateMetadata");
  invitation.redirectUrl = args.maybe<std::string>("redirectUrl");
  return invitation;
}

using Run = std::function<json(const Client&, const Args&)>;

/// A call with one id.
template <class T>
Run byId(http::TypedCall<T> (*make)(std::string_view), const char* name) {
  return [make, name](const Client& client, const Args& args) { return outcome(client, make(args.text(name))); };
}

/// Any other call.
template <class Make>
Run with(Make make) {
  return [make](const Client& client, const Args& args) { return outcome(client, make(args)); };
}

std::map<std::string, Run> allCalls() {
  return {
      {"getUser", byId(api::getUser, "userId")},
      {"listUsers", with([](const Args& a) { return api::listUsers(userFilter(a), a.page(), a.text("orderBy")); })},
      {"countUsers", with([](const Args& a) { return api::countUsers(userFilter(a)); })},
      {"updateUserMetadata", with([](const Args& a) {
         return api::updateUserMetadata(
             a.text("userId"), {a.object("publicMetadata"), a.object("privateMetadata"), a.object("unsafeMetadata")});
       })},
      {"banUser", byId(api::banUser, "userId")},
      {"unbanUser", byId(api::unbanUser, "userId")},
      {"lockUser", byId(api::lockUser, "userId")},
      {"unlockUser", byId(api::unlockUser, "userId")},
      {"getSession", byId(api::getSession, "sessionId")},
      {"listSessions", with([](const Args& a) {
         const api::SessionFilter filter{a.maybe<std::string>("userId"), a.maybe<std::string>("clientId"),
                                         a.maybe<std::string>("status")};
         return api::listSessions(filter, a.page());
       })},
      {"revokeSession", byId(api::revokeSession, "sessionId")},
      {"createSessionToken",
       with([](const Args& a) { return api::createSessionToken(a.text("sessionId"), tokenOptions(a)); })},
      {"getOrganization",
       with([](const Args& a) { return api::getOrganization(a.text("idOrSlug"), a.flag("includeMembersCount")); })},
      {"listOrganizations", with([](const Args& a) {
         return api::listOrganizations({a.list("organizationId"), a.maybe<std::string>("query")}, a.page(),
                                       a.text("orderBy"), a.flag("includeMembersCount"));
       })},
      {"listOrganizationMemberships", with([](const Args& a) {
         return api::listOrganizationMemberships(a.text("organizationId"), membershipFilter(a), a.page(),
                                                 a.text("orderBy"));
       })},
      {"listUserMemberships", with([](const Args& a) { return api::listUserMemberships(a.text("userId"), a.page()); })},
      {"createOrganizationMembership",
       with([](const Args& a) { return api::createOrganizationMembership(memberOf(a)); })},
      {"updateOrganizationMembership",
       with([](const Args& a) { return api::updateOrganizationMembership(memberOf(a)); })},
      {"deleteOrganizationMembership", with([](const Args& a) {
         return api::deleteOrganizationMembership({a.text("organizationId"), a.text("userId")});
       })},
      {"createInvitation", with([](const Args& a) { return api::createInvitation(newInvitation(a)); })},
      {"listInvitations", with([](const Args& a) {
         return api::listInvitations({a.maybe<std::string>("status"), a.maybe<std::string>("query")}, a.page(),
                                     a.text("orderBy"));
       })},
      {"revokeInvitation", byId(api::revokeInvitation, "invitationId")},
      {"createOrganizationInvitation",
       with([](const Args& a) { return api::createOrganizationInvitation(newOrganizationInvitation(a)); })},
      {"listOrganizationInvitations", with([](const Args& a) {
         return api::listOrganizationInvitations(a.text("organizationId"), a.list("status"), a.page());
       })},
      {"getOrganizationInvitation",
       with([](const Args& a) { return api::getOrganizationInvitation(invitationKey(a)); })},
      {"revokeOrganizationInvitation", with([](const Args& a) {
         return api::revokeOrganizationInvitation(invitationKey(a), a.maybe<std::string>("requestingUserId"));
       })},
  };
}

json sent(const http::Request& request) {
  json headers = json::object();
  for (const http::Header& header : request.headers) headers[header.name] = header.value;
  return {{"method", request.method}, {"url", request.url}, {"headers", headers}, {"body", request.body}};
}

void makeAll() {
  const auto transport = std::make_shared<liveblocks::testing::FakeTransport>();
  liveblocks::clerk::ClientOptions options;
  options.secretKey = "sk_test_oracle";
  options.retryCalls = false;
  const Client client(options, transport);
  const std::map<std::string, Run> calls = allCalls();
  for (std::string line; std::getline(std::cin, line);) {
    const json given = json::parse(line);
    transport->pushJson(200, given.at("answer").dump());
    json result = calls.at(given.at("call"))(client, Args(given.at("args")));
    result["request"] = sent(transport->requests().back());
    std::cout << result.dump() << '\n';
  }
  // So that the script can tell that it has a case for each.
  json names = json::array();
  for (const auto& [name, run] : calls) names.push_back(name);
  std::cout << names.dump() << '\n';
}

}  // namespace

int main() {
  try {
    makeAll();
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
