#include <liveblocks/testing/fake_liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "catch.hpp"
#include "migration.hpp"
#include "rooms.hpp"

namespace lb = liveblocks;
using id_tokens::Migration;

namespace {

struct MigrationFixture {
  std::shared_ptr<lb::testing::FakeLiveblocks> fake = std::make_shared<lb::testing::FakeLiveblocks>();
  lb::Liveblocks liveblocks = client(fake);
  std::ostringstream report;

  lb::Liveblocks client(std::shared_ptr<lb::http::Transport> transport) const {
    lb::LiveblocksOptions options;
    options.secret = fake->secretKey();
    options.retry = false;
    return lb::Liveblocks(options, std::move(transport));
  }

  void create(const std::string& id, const std::string& group = "product") const {
    REQUIRE(id_tokens::createTeamRoom(liveblocks, id, group));
  }

  Migration migrate() {
    report.str("");
    return id_tokens::prefixRoomIds(liveblocks, id_tokens::roomsOfTeam("product"), "acme:product:", report);
  }

  std::set<std::string> ids() const {
    std::set<std::string> found;
    for (const lb::Result<lb::Room>& room : liveblocks.iterRooms()) found.insert(room.value().id);
    return found;
  }

  bool reports(const std::string& text) const { return report.str().find(text) != std::string::npos; }
};

}  // namespace

TEST_CASE_METHOD(MigrationFixture, "every room of the team gets its new id, and keeps the rest") {
  create("design");
  create("roadmap");
  create("pipeline", "sales");
  const Migration migration = migrate();
  CHECK(migration.complete());
  CHECK(migration.renamed.size() == 2);
  CHECK(ids() == std::set<std::string>{"acme:product:design", "acme:product:roadmap", "pipeline"});
  CHECK(liveblocks.getRoom("acme:product:design")->groupsAccesses.count("product") == 1);
  CHECK(reports("design -> acme:product:design\n"));
  CHECK(reports("2 renamed, 0 already named so, 0 failed\n"));
}

TEST_CASE_METHOD(MigrationFixture, "a second migration changes nothing") {
  create("design");
  create("roadmap");
  static_cast<void>(migrate());
  const std::set<std::string> once = ids();
  const Migration migration = migrate();
  CHECK(migration.complete());
  CHECK(migration.renamed.empty());
  CHECK(migration.unchanged == 2);
  CHECK(ids() == once);
}

TEST_CASE_METHOD(MigrationFixture, "a room whose new id is taken stays, and the others are renamed") {
  create("design");
  create("roadmap");
  create("acme:product:design");
  const Migration migration = migrate();
  CHECK_FALSE(migration.complete());
  CHECK(migration.failed == 1);
  CHECK(ids() == std::set<std::string>{"acme:product:design", "acme:product:roadmap", "design"});
  CHECK(reports("design is not renamed: there is a room of that id already\n"));
  CHECK(reports("1 renamed, 1 already named so, 1 failed\n"));
}

TEST_CASE_METHOD(MigrationFixture, "a migration that failed in between is completed by the next") {
  for (const char* id : {"design", "press", "roadmap"}) create(id);
  fake->failNext("/v2/rooms/press/", lb::Error{lb::Errc::timeout, "too late"});
  CHECK(migrate().failed == 1);
  CHECK(reports("press is not renamed: "));
  const Migration second = migrate();
  CHECK(second.complete());
  CHECK(second.unchanged == 2);
  CHECK(ids() == std::set<std::string>{"acme:product:design", "acme:product:press", "acme:product:roadmap"});
}

TEST_CASE_METHOD(MigrationFixture, "rooms that were listed before the list ended with an error are renamed") {
  for (int i = 0; i < 101; ++i) create("room-" + std::to_string(i));
  const auto breaking = std::make_shared<lb::testing::FakeTransport>(
      [this](const lb::http::Request& request, const lb::http::Call& call) {
        const bool isSecondPage = request.url.find("startingAfter=") != std::string::npos;
        if (isSecondPage) return lb::Result<lb::http::Response>(lb::Error{lb::Errc::reset, "gone"});
        return fake->send(request, call);
      });
  liveblocks = client(breaking);
  const Migration migration = migrate();
  CHECK_FALSE(migration.complete());
  CHECK_FALSE(migration.sawAllRooms);
  CHECK(migration.renamed.size() == 100);
  CHECK(reports("the list of rooms is incomplete: "));

  liveblocks = client(fake);
  CHECK(migrate().complete());
  CHECK(reports("1 renamed, 100 already named so, 0 failed\n"));
}

TEST_CASE_METHOD(MigrationFixture, "a Liveblocks that cannot rename is quoted") {
  create("design");
  fake->failNext("/v2/rooms/design/update-room-id",
                 lb::testing::jsonResponse(501, R"({"message":"This endpoint isn't implemented here."})"));
  CHECK(migrate().failed == 1);
  CHECK(reports("This endpoint isn't implemented here."));
  CHECK(ids() == std::set<std::string>{"design"});
}

TEST_CASE_METHOD(MigrationFixture, "a list that cannot be fetched is reported, and nothing is renamed") {
  create("design");
  fake->failNext("/v2/rooms", lb::Error{lb::Errc::connect, "refused"});
  const Migration migration = migrate();
  CHECK_FALSE(migration.complete());
  CHECK_FALSE(migration.sawAllRooms);
  CHECK(reports("the list of rooms is incomplete: "));
  CHECK(ids() == std::set<std::string>{"design"});
}
