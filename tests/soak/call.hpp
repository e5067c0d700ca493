/// The calls that clients make.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

#include <liveblocks/http/request_view.hpp>

#include "dice.hpp"
#include "keys.hpp"

namespace soak {

enum class Token {
  valid,
  retired,  ///< Signed with a key that is not published any more.
  expired,
  notYet,        ///< Not valid yet.
  forged,        ///< The claims were changed after signing.
  wrongKey,      ///< Signed with another key than the one it names.
  unknownKey,    ///< Names a key that was never published, and is signed with it.
  foreignParty,  ///< Of another site.
  wrongIssuer,   ///< Of another instance.
  none,
  garbage,
  unsigned_,  ///< `alg` is `none`.
};

enum class Content { ownRoom, foreignRoom, noRoom, pattern, roomIsNumber, noJson, tooLarge, get };

struct Call {
  std::string id;
  Token token = Token::valid;
  /// The key that the token names; empty if it names none.
  std::string keyId;
  std::string userId;
  Content content = Content::ownRoom;
  std::string room;
  liveblocks::http::ReceivedRequest request;
};

/// The path of the endpoint.
constexpr const char* authPath = "/api/liveblocks-auth";
constexpr const char* origin = "https://app.example.com";

/// Numbers all calls of a run.
class CallIds {
 public:
  std::size_t next() { return ++last_; }
  std::size_t count() const { return last_; }

 private:
  std::atomic<std::size_t> last_{0};
};

/// Plans calls for one thread.
class CallPlanner {
 public:
  CallPlanner(const KeyRing& keys, CallIds& ids, Dice& dice) : keys_(keys), ids_(ids), dice_(dice) {}

  Call next();

 private:
  Token anyToken();
  Content anyContent();
  std::string anyUser();
  std::string bearerOf(Call& call);
  void addBody(Call& call) const;

  const KeyRing& keys_;
  CallIds& ids_;
  Dice& dice_;
};

std::string describe(const Call& call);

/// `<user>:<id of the call>`.
std::string ownRoomOf(const std::string& userId, const std::string& callId);

}  // namespace soak
