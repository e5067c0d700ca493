#include "room_session.hpp"

#include <nlohmann/json.hpp>

namespace liveblocks_bench {
namespace {

constexpr const char* userId = "user_2b8Zk0QfNw7dYxJr3LmVtEa1000";
constexpr const char* name = "Ada Lovelace";
constexpr const char* avatar = "https://img.example.com/eyJ0eXBlIjoicHJveHkiLCJzcmMiOiJodHRwcyJ9";
constexpr const char* color = "#d583f0";
constexpr const char* pattern = "acme:product:*";

}  // namespace

liveblocks::Session makeSession(const liveblocks::Liveblocks& client) {
  return client
      .prepareSession(userId, {liveblocks::Json::object({{"name", name}, {"avatar", avatar}, {"color", color}})})
      .allow(pattern, liveblocks::FULL_ACCESS);
}

std::string makeBody() {
  nlohmann::ordered_json body;
  body["userId"] = userId;
  body["permissions"][pattern] = {"*:write"};
  body["userInfo"]["name"] = name;
  body["userInfo"]["avatar"] = avatar;
  body["userInfo"]["color"] = color;
  return body.dump();
}

}  // namespace liveblocks_bench
