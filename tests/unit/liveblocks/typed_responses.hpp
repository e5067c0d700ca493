/// Responses of typed calls that are not as documented.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <liveblocks/core/error.hpp>
#include <nlohmann/json.hpp>

#include "fixture.hpp"

namespace liveblocks_tests {

/// A value that replaces the one at a JSON Pointer. A discarded value removes it.
using Replacement = std::pair<std::string, nlohmann::json>;

inline nlohmann::json nothing() { return nlohmann::json(nlohmann::json::value_t::discarded); }

/// Checks that `response` is read, and that it is refused if it is about something else at any of the JSON Pointers.
template <class T>
void checkOthers(const TypedCallFixture& fixture, const liveblocks::http::TypedCall<T>& call,
                 const nlohmann::json& response, const std::vector<std::string>& pointers) {
  CHECK(fixture.readFrom(call, response.dump()).ok());
  for (const std::string& pointer : pointers) {
    CAPTURE(pointer);
    nlohmann::json changed = response;
    nlohmann::json& id = changed.at(nlohmann::json::json_pointer(pointer));
    id = id.is_string() ? nlohmann::json("another") : nlohmann::json(17);
    const liveblocks::Result<T> outcome = fixture.readFrom(call, changed.dump());
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == liveblocks::Errc::upstream);
    CHECK(outcome.error().message.find(", but not what was asked for") != std::string::npos);
    CHECK(outcome.error().message.find("another") == std::string::npos);
  }
}

/// Checks that `response` is read, and that it is refused with each of the replacements; the message names the member.
template <class T>
void checkRefusals(const TypedCallFixture& fixture, const liveblocks::http::TypedCall<T>& call,
                   const nlohmann::json& response, const std::vector<Replacement>& replacements) {
  CHECK(fixture.readFrom(call, response.dump()).ok());
  for (const auto& [pointer, value] : replacements) {
    CAPTURE(pointer, value.is_discarded() ? "nothing" : value.dump());
    nlohmann::json changed = response;
    const nlohmann::json::json_pointer target(pointer);
    if (value.is_discarded()) {
      changed.at(target.parent_pointer()).erase(target.back());
    } else {
      changed[target] = value;
    }
    const liveblocks::Result<T> outcome = fixture.readFrom(call, changed.dump());
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == liveblocks::Errc::upstream);
    CHECK(outcome.error().upstreamStatus == 200);
    CHECK(outcome.error().message.find(target.back() + '"') != std::string::npos);
  }
  for (const char* body : {"", "[]", "null", "{", R"({"a":1,"a":1})"}) {
    CAPTURE(body);
    CHECK(codeOf(fixture.readFrom(call, body)) == liveblocks::Errc::upstream);
  }
}

}  // namespace liveblocks_tests
