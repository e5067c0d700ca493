// Reads a list of clauses a line, [prefix of a room id] or [key, value] of metadata, and prints the query, or why there
// is none; room_queries.mjs lets @liveblocks/core do the same.

#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <liveblocks/room_query.hpp>

#include "../line_program.hpp"

namespace {

using nlohmann::json;

json answer(const json& clauses) {
  liveblocks::RoomQuery query;
  try {
    for (const json& clause : clauses) {
      const auto texts = clause.get<std::vector<std::string>>();
      if (texts.size() == 1) {
        query.roomIdStartsWith(texts[0]);
      } else {
        query.metadata(texts.at(0), texts.at(1));
      }
    }
  } catch (const std::invalid_argument& error) {
    return {{"refused", error.what()}};
  }
  return {{"query", query.text()}};
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answer); }
