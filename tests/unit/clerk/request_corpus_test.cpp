// Requests that were judged like Clerk's SDK judges them, or as docs/differences.md says, and must go on being so.
//
// A line of request_corpus.jsonl is a JSON object: `name`; `tokens`, each a header and a payload (objects, or JSON
// texts), with `"key": "stranger"` when another key signed it and `append` when text was put behind it; `request`, a
// line of tools/inspect_request; and `answer`, the line it must give, without the headers that repeat its status,
// reason and message. No key stands there, so `{name}` stands for the token of that name, in later tokens too,
// `{jwtKey}` for the public key and `{modulus}` for the `n` of its JWK. tests/oracle/clerk/requests_corpus.mjs writes
// them all anew, from a run of its requests. To add a case by hand: take the request that requests.mjs has printed, or
// the line for inspect_request, and put descriptions in the place of its tokens.

#include <algorithm>
#include <fstream>
#include <map>
#include <string>

#include <liveblocks/testing/clerk_issuer.hpp>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "inspection.hpp"

using liveblocks::testing::ClerkIssuer;
using nlohmann::json;

namespace {

/// Texts that stand for `{name}`.
class Substitutions {
 public:
  Substitutions() {
    set("modulus", json::parse(issuer_.jwks()).at("keys").at(0).at("n"));
    set("jwtKey", issuer_.publicKeyPem());
  }

  void addToken(const std::string& name, const json& token) {
    const ClerkIssuer& issuer = token.value("key", "") == "stranger" ? stranger_ : issuer_;
    set(name, issuer.sign(textOf(token.at("header")), textOf(token.at("payload"))) + token.value("append", ""));
  }

  json apply(const json& value) const { return json::parse(apply(value.dump())); }

 private:
  void set(const std::string& name, const std::string& text) {
    const std::string quoted = json(text).dump();
    texts_["{" + name + "}"] = quoted.substr(1, quoted.size() - 2);
  }

  std::string textOf(const json& part) const { return apply(part.is_string() ? part.get<std::string>() : part.dump()); }

  std::string apply(std::string text) const {
    for (const auto& [mark, replacement] : texts_) {
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + replacement.size())) {
        text.replace(at, mark.size(), replacement);
      }
    }
    return text;
  }

  ClerkIssuer issuer_;
  ClerkIssuer stranger_;
  std::map<std::string, std::string> texts_;
};

/// With the headers that repeat what stands beside them.
json whole(json answer) {
  const json& status = answer.at("status");
  if (status == "signed-in" || status == "error") return answer;
  json& headers = answer.at("headers");
  for (const std::string name : {"message", "reason", "status"}) {
    const std::string value = answer.at(name);
    const std::string header = "x-clerk-auth-" + name;
    const auto isThere = [&](const json& other) { return other.at(0) == header; };
    const bool saysLess = std::any_of(headers.begin(), headers.end(), isThere);
    if (!value.empty() && !saysLess) headers.push_back({header, value});
  }
  return answer;
}

}  // namespace

TEST_CASE("the results for the requests of the corpus are unchanged") {
  std::ifstream corpus(REQUEST_CORPUS);
  REQUIRE(corpus);
  Substitutions keys;
  inspect_request::Inspector inspector;
  std::size_t lines = 0;
  for (std::string line; std::getline(corpus, line); ++lines) {
    const json entry = json::parse(line);
    INFO(entry.at("name").get<std::string>());
    Substitutions texts = keys;
    for (const json& token : entry.at("tokens")) texts.addToken(token.at("name"), token);
    const json request = texts.apply(entry.at("request"));
    CHECK(inspector.respond(request.dump()) == whole(texts.apply(entry.at("answer"))));
  }
  CHECK(lines > 200);
}
