#include "catch.hpp"
#include "fake_liveblocks_fixture.hpp"
#include "http/form.hpp"

namespace http = liveblocks::http;
using liveblocks_tests::FakeLiveblocksFixture;
using nlohmann::json;

using Ids = std::vector<std::string>;

namespace {

struct FakeLiveblocksListFixture : FakeLiveblocksFixture {
  http::Response query(const std::string& text) {
    return get("/v2/rooms?query=" + http::detail::percentEncode(text, http::detail::formEscapes));
  }

  Ids found(const std::string& text) {
    return list("?query=" + http::detail::percentEncode(text, http::detail::formEscapes));
  }
};

}  // namespace

TEST_CASE_METHOD(FakeLiveblocksListFixture, "rooms are listed in pages, the newest first") {
  for (int i = 0; i < 45; ++i) create("r" + std::to_string(i));
  const json first = json::parse(get("/v2/rooms").body);
  CHECK(first.at("data").size() == 20);
  CHECK(first.at("data").at(0).at("id") == "r44");
  const std::string cursor = first.at("nextCursor");
  const json second = json::parse(get("/v2/rooms?limit=24&startingAfter=" + cursor).body);
  CHECK(second.at("data").at(0).at("id") == "r24");
  CHECK(second.at("data").size() == 24);
  const std::string next = second.at("nextCursor");
  CHECK(list("?startingAfter=" + next) == Ids{"r0"});
  CHECK(json::parse(get("/v2/rooms?limit=45").body).at("nextCursor").is_null());
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "a cursor stays valid when rooms are added and removed") {
  for (const char* id : {"a", "b", "c", "d"}) create(id);
  const std::string cursor = json::parse(get("/v2/rooms?limit=2").body).at("nextCursor");
  create("e");
  send(requestTo("DELETE", "/v2/rooms/c"));
  CHECK(list("?limit=2&startingAfter=" + cursor) == Ids{"b", "a"});
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "a page has from 1 to 100 rooms") {
  for (int i = 0; i < 101; ++i) create(std::to_string(i));
  CHECK(list("?limit=1").size() == 1);
  CHECK(list("?limit=100").size() == 100);
  const std::string limit = GENERATE("0", "101", "-1", "x", "1x", "1.5", "99999999999999999999");
  CAPTURE(limit);
  const http::Response response = get("/v2/rooms?limit=" + limit);
  CHECK(response.status == 422);
  CHECK(messageOf(response) == "Value at key 'limit': Must be a number from 1 to 100.");
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "an invented cursor is rejected") {
  CHECK(get("/v2/rooms?startingAfter=" + std::string(GENERATE("x", "5", "room-", "room-x"))).status == 422);
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "rooms are listed for a user or one of several groups") {
  create("u", {{"usersAccesses", {{"ada", {"*:read"}}}}});
  create("g", {{"groupsAccesses", {{"design", {"*:read"}}}}});
  create("closed", {{"usersAccesses", {{"ada", json::array()}}}});
  create("nobody", {{"defaultAccesses", {"*:write"}}});
  CHECK(list("?userId=ada") == Ids{"u"});
  CHECK(list("?groupIds=design") == Ids{"g"});
  CHECK(list("?groupIds=other,design&userId=ada") == Ids{"g", "u"});
  CHECK(list("?userId=design&groupIds=ada").empty());
  CHECK(list("?userId=&groupIds=").size() == 4);
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "rooms are listed by organization and metadata") {
  create("a", {{"organizationId", "acme"}, {"metadata", {{"color", "blue"}}}});
  create("b", {{"metadata", {{"color", {"red", "blue"}}}}});
  CHECK(list("?organizationId=acme") == Ids{"a"});
  CHECK(list("?organizationId=default") == Ids{"b"});
  CHECK(list("?organizationId=").size() == 2);
  CHECK(list("?metadata.color=blue") == Ids{"b", "a"});
  CHECK(list("?metadata.color=blue&organizationId=acme") == Ids{"a"});
  CHECK(list("?metadata.color=green").empty());
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "rooms are found by a query") {
  create("acme:it's");
  create("acme:say \"x\"", {{"metadata", {{"color", "blue"}, {"size", "5"}}}});
  create("other", {{"metadata", {{"color", {"red", "blue"}}, {"a b", "line\nline"}}}});
  const auto [text, ids] = GENERATE(table<std::string, Ids>({
      {"roomId^'acme:'", {"acme:say \"x\"", "acme:it's"}},
      {"roomId^\"acme:\"", {"acme:say \"x\"", "acme:it's"}},
      {"roomId ^ 'oth'\tmetadata [ 'color' ]\n: 'red' ", {"other"}},
      {"roomId:'other'", {"other"}},
      {"roomId:'oth'", {}},
      {R"(roomId^"acme:it's")", {"acme:it's"}},
      {R"(roomId^'acme:it\'s')", {"acme:it's"}},
      {R"(roomId^'acme:say "x"')", {"acme:say \"x\""}},
      {R"(roomId^"acme:say \"x\"")", {"acme:say \"x\""}},
      {"metadata['color']:'blue'", {"other", "acme:say \"x\""}},
      {"metadata['color']:'blue' metadata['size']:'5'", {"acme:say \"x\""}},
      {"metadata['color']:'blue' AND metadata['size']:'5'", {"acme:say \"x\""}},
      {"metadata['color']:'blue'and metadata['size']:\"5\"", {"acme:say \"x\""}},
      {R"(metadata['a b']:'line\nline')", {"other"}},
      {"metadata['none']:''", {}},
  }));
  CAPTURE(text);
  CHECK(found(text) == ids);
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "a malformed query is rejected") {
  const std::string text =
      GENERATE(as<std::string>(), " ", "bad(", "roomId", "roomId^", "roomId^''", "roomId^'a", "roomId^'a\\", "roomId^a",
               "roomId^5", "roomId>'a'", "ROOMID^'a'", "roomIdx^'a'", "roomId['a']:'b'", "metadata:'a'",
               "metadata['']:'a'", "metadata['a']^'b'", "metadata['a']:5", "metadata['a':'b'", "metadata.a:'b'", "AND",
               "roomId^'a' AND", "roomId^'a' AND AND roomId^'b'", "roomId^'a' ANDroomId^'b'",
               "roomId^'a' OR roomId^'b'", "-roomId^'a'", "(roomId^'a')", "roomId^'a\nb'", "roomId^'a' 'b'");
  CAPTURE(text);
  CHECK(query(text).status == 422);
  CHECK(codeOf(query(text)) == "INVALID_QUERY");
}

TEST_CASE_METHOD(FakeLiveblocksListFixture, "a query with malformed escapes is a bad request") {
  CHECK(get(GENERATE("/v2/rooms?query=%zz", "/v2/rooms?userId=%FF", "/v2/rooms?%=1")).status == 400);
}
