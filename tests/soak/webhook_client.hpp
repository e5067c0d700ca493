/// A sender of webhooks, which repeats each as the vendors do, and faster.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/testing/webhook_signer.hpp>

#include "call.hpp"
#include "dice.hpp"
#include "doors.hpp"
#include "ledger.hpp"

namespace soak {

/// For one thread.
class WebhookClient {
 public:
  WebhookClient(ServerDoor& server, CallIds& ids, Ledger& ledger, Dice& dice)
      : server_(server), ids_(ids), ledger_(ledger), dice_(dice) {}

  /// Delivers one event, perhaps several times, or what is none.
  void deliver();

 private:
  std::vector<std::string> sendAll(const std::vector<liveblocks::testing::SignedWebhook>& deliveries, bool atOnce);
  void deliverInvalid();
  void deliverRepeatedly();
  void check(const std::string& id, const std::vector<std::string>& responses, std::size_t failures);

  ServerDoor& server_;
  CallIds& ids_;
  Ledger& ledger_;
  Dice& dice_;
};

}  // namespace soak
