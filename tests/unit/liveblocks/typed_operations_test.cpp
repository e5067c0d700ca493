// Every typed call has an operation: `liveblocks.<namespace>.<function in snake case>`.
#include <liveblocks/attachments.hpp>
#include <liveblocks/comments.hpp>
#include <liveblocks/feeds.hpp>
#include <liveblocks/groups.hpp>
#include <liveblocks/notifications.hpp>
#include <liveblocks/presence.hpp>
#include <liveblocks/storage.hpp>
#include <liveblocks/yjs.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "operation_names.hpp"

namespace lb = liveblocks;
namespace attachments = lb::attachments;
namespace comments = lb::comments;
namespace feeds = lb::feeds;
namespace groups = lb::groups;
namespace notifications = lb::notifications;
namespace storage = lb::storage;
namespace yjs = lb::yjs;
using lb::Json;

namespace {

using Requests = std::vector<lb::http::ApiCall>;

const comments::ThreadAddress thread{"r", "t"};
const comments::CommentAddress comment{"r", "t", "c"};
const attachments::Multipart multipart{"r", "a", "u"};

Requests documentCalls() {
  const Json document = Json::object({{"liveblocksType", "LiveObject"}, {"data", Json::object({})}});
  return {storage::get("r").request,
          storage::initialize("r", document).request,
          storage::deleteDocument("r").request,
          storage::patch("r", Json::array({})).request,
          yjs::getDocument("r").request,
          yjs::sendUpdate("r", "x").request,
          yjs::getUpdate("r").request,
          yjs::listVersions("r").request,
          yjs::createVersion("r").request,
          yjs::getVersion("r", "v").request,
          yjs::deleteVersion("r", "v").request,
          lb::presence::set("r", {"u", Json::object({})}).request};
}

Requests notificationCalls() {
  return {notifications::trigger({"u", "$k", "s"}).request,
          notifications::get("u", "i").request,
          notifications::list("u").request,
          notifications::markAsRead("i").request,
          notifications::deleteNotification("u", "i").request,
          notifications::deleteAll("u").request,
          notifications::getSettings("u").request,
          notifications::updateSettings("u", {}).request,
          notifications::deleteSettings("u").request,
          notifications::getRoomSubscriptions("r", "u").request,
          notifications::updateRoomSubscriptions("r", "u", {}).request,
          notifications::deleteRoomSubscriptions("r", "u").request,
          notifications::listRoomSubscriptions("u").request};
}

Requests commentCalls() {
  return {comments::listThreads("r").request,
          comments::getThread(thread).request,
          comments::createThread("r", {{"u", {}}}).request,
          comments::deleteThread(thread).request,
          comments::resolveThread(thread, "u").request,
          comments::unresolveThread(thread, "u").request,
          comments::updateThreadMetadata(thread, {"u", {}}).request,
          comments::updateCommentMetadata(comment, {"u", {}}).request,
          comments::subscribe(thread, "u").request,
          comments::unsubscribe(thread, "u").request,
          comments::listSubscriptions(thread).request,
          comments::getComment(comment).request,
          comments::createComment(thread, {"u", {}}).request,
          comments::editComment(comment, {}).request,
          comments::deleteComment(comment).request,
          comments::addReaction(comment, {"u", "+1"}).request,
          comments::removeReaction(comment, "u", "+1").request,
          attachments::get("r", "a").request,
          attachments::upload("r", {"u", "n", "x"}).request,
          attachments::beginMultipart("r", "a", "n", 1).request,
          attachments::uploadPart(multipart, 1, "x").request,
          attachments::completeMultipart(multipart, "u", {}).request,
          attachments::abortMultipart(multipart).request};
}

Requests groupAndFeedCalls() {
  return {groups::create({"g"}).request,
          groups::get("g").request,
          groups::addMembers("g", {"u"}).request,
          groups::removeMembers("g", {"u"}).request,
          groups::deleteGroup("g").request,
          groups::list().request,
          groups::listOfUser("u").request,
          feeds::list("r").request,
          feeds::create("r", {"f"}).request,
          feeds::get("r", "f").request,
          feeds::update("r", "f", {}).request,
          feeds::deleteFeed("r", "f").request,
          feeds::listMessages("r", "f").request,
          feeds::createMessage("r", "f", {}).request,
          feeds::updateMessage({"r", "f", "m"}, {}).request,
          feeds::deleteMessage({"r", "f", "m"}).request};
}

}  // namespace

TEST_CASE("every typed call has its operation") {
  std::vector<std::string> names;
  for (const Requests& requests : {documentCalls(), notificationCalls(), commentCalls(), groupAndFeedCalls()}) {
    for (const lb::http::ApiCall& request : requests) names.push_back(request.operation);
  }
  const auto expected = liveblocks_tests::typedOperationNames();
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string>(expected.begin(), expected.end()));
}
