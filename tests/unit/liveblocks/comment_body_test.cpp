#include <liveblocks/comment_body.hpp>

#include <stdexcept>
#include <string>

#include "catch.hpp"

using liveblocks::comments::CommentBody;

namespace {

std::string paragraphsOf(const CommentBody& body) {
  const std::string text = body.json().text();
  const std::string before = R"({"version":1,"content":)";
  CHECK(text.substr(0, before.size()) == before);
  return text.substr(before.size(), text.size() - before.size() - 1);
}

}  // namespace

TEST_CASE("a body is built of paragraphs, text, links and mentions") {
  CHECK(paragraphsOf({}) == "[]");
  const CommentBody body = CommentBody()
                               .mention("ada")
                               .text(" see ", {true, true, true, true})
                               .link("https://example.com/a", "this")
                               .paragraph()
                               .mentionGroup("design")
                               .mentionGroup("team", {"ada", "bob"})
                               .link("HTTP://example.com");
  CHECK(paragraphsOf(body) == R"([{"type":"paragraph","children":[{"type":"mention","kind":"user","id":"ada"},)"
                              R"({"text":" see ","bold":true,"italic":true,"strikethrough":true,"code":true},)"
                              R"({"type":"link","url":"https://example.com/a","text":"this"}]},)"
                              R"({"type":"paragraph","children":[{"type":"mention","kind":"group","id":"design"},)"
                              R"({"type":"mention","kind":"group","id":"team","userIds":["ada","bob"]},)"
                              R"({"type":"link","url":"HTTP://example.com"}]}])");
}

TEST_CASE("a body grows step by step") {
  CommentBody body;
  body.text("a").text("b");
  body.paragraph();
  CHECK(paragraphsOf(body) ==
        R"([{"type":"paragraph","children":[{"text":"a"},{"text":"b"}]},{"type":"paragraph","children":[]}])");
}

TEST_CASE("each line of plain text is a paragraph") {
  CHECK(paragraphsOf(CommentBody::fromText("a\r\n\nb")) ==
        R"([{"type":"paragraph","children":[{"text":"a"}]},{"type":"paragraph","children":[{"text":""}]},)"
        R"({"type":"paragraph","children":[{"text":"b"}]}])");
  CHECK(paragraphsOf(CommentBody::fromText("\"")) == R"([{"type":"paragraph","children":[{"text":"\""}]}])");
}

TEST_CASE("a link that is not of the web is refused") {
  for (const char* url : {"", "javascript:alert(1)", "https://", "//example.com", "example.com", " https://example.com",
                          "data:text/html,x", "ftp://example.com"}) {
    CAPTURE(url);
    CHECK_THROWS_AS(CommentBody().link(url), std::invalid_argument);
  }
}

TEST_CASE("what cannot be in a body is refused") {
  CHECK_THROWS_AS(CommentBody().text("\xff"), std::invalid_argument);
  CHECK_THROWS_AS(CommentBody().link("https://a.example", "\xff"), std::invalid_argument);
  CHECK_THROWS_AS(CommentBody().mention(""), std::invalid_argument);
  CHECK_THROWS_AS(CommentBody().mentionGroup(""), std::invalid_argument);
  CHECK_THROWS_AS(CommentBody().mentionGroup("g", {""}), std::invalid_argument);
}
