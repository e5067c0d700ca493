/// A client of the server, polite or not.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "call.hpp"
#include "dice.hpp"
#include "doors.hpp"
#include "judge.hpp"
#include "ledger.hpp"
#include "raw_client.hpp"

namespace soak {

/// For one thread, which waits for each response.
class Client {
 public:
  Client(ServerDoor& server, const KeyRing& keys, CallIds& ids, const Judge& judge, Ledger& ledger, const Dice& dice)
      : server_(server), ids_(ids), judge_(judge), ledger_(ledger), dice_(dice), planner_(keys, ids, dice_) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Makes one or several calls.
  void act();

 private:
  using Socket = liveblocks_tests::RawClient;

  /// A call that was sent.
  struct Sent {
    Call call;
    Moment begin;
    Moment end;
  };

  void callOnce();
  void keepAlive();
  void pipeline();
  void burst();
  void sendSlowly();
  void vanish();
  void talkNonsense();

  std::string wireOf(const Call& call, bool keepAlive);
  Sent send(Socket& socket, bool keepAlive);
  /// Returns whether the connection goes on.
  bool receive(Socket& socket, const Sent& sent, Moment startable);

  ServerDoor& server_;
  CallIds& ids_;
  const Judge& judge_;
  Ledger& ledger_;
  Dice dice_;
  CallPlanner planner_;
};

}  // namespace soak
