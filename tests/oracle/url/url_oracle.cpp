// Reads {"text", "base": text or null, "edits": [[what, name, value], ...]} a line, and prints what
// http::detail::WebUrl makes of it, null where it accepts none; urls.mjs lets Node's URL do the same.

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "../line_program.hpp"
#include "http/url.hpp"

namespace {

using liveblocks::http::detail::WebUrl;
using nlohmann::json;

std::optional<WebUrl> parse(const json& line) {
  const std::string text = line.at("text");
  if (line.at("base").is_null()) return WebUrl::parse(text);
  const std::optional<WebUrl> base = WebUrl::parse(line.at("base").get<std::string>());
  return base ? WebUrl::parse(text, *base) : std::nullopt;
}

json edit(WebUrl& url, const json& edit) {
  const std::string what = edit.at(0);
  const std::string name = edit.at(1);
  const std::string value = edit.at(2);
  if (what == "set") url.setQueryParameter(name, value);
  if (what == "append") url.appendQueryParameter(name, value);
  if (what == "delete") url.deleteQueryParameter(name);
  if (what == "pathname") url.setPath(value);
  const std::optional<std::string> found = url.queryParameter(name);
  return {{"href", url.href()}, {"found", found ? json(*found) : json()}};
}

json answer(const json& line) {
  std::optional<WebUrl> url = parse(line);
  if (!url) return json();
  json result{{"href", url->href()},         {"origin", url->origin()}, {"protocol", url->scheme() + ":"},
              {"hostname", url->hostname()}, {"port", url->port()},     {"pathname", url->path()}};
  result["edits"] = json::array();
  for (const json& change : line.at("edits")) result["edits"].push_back(edit(*url, change));
  return result;
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answer); }
