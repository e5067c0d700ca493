#include <liveblocks/clerk/webhook_event.hpp>
#include <liveblocks/webhook_event.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include "../webhooks/fixture.hpp"
#include "out_of_memory.hpp"

using liveblocks_tests::runOutOfMemory;

TEST_CASE("a verifier of webhooks that runs out of memory goes on") {
  webhooks_tests::Delivery delivery;
  delivery.body =
      R"({"type":"storageUpdated","data":{"projectId":"p","roomId":"r","updatedAt":"2025-01-01T00:00:00Z"},)"
      R"("event_attributes":{"a":[1,{"b":[[]]}]},"timestamp":1,"instance_id":"i"})";
  if (GENERATE(true, false)) delivery.signedAgain();
  const auto verifier = webhooks_tests::webhooks::Verifier(webhooks_tests::optionsAt(webhooks_tests::sentAt));
  runOutOfMemory([&] {
    return [&] {
      const auto message = webhooks_tests::verify(verifier, delivery);
      if (!message) return;
      static_cast<void>(liveblocks::readWebhookEvent(*message));
      static_cast<void>(liveblocks::clerk::readWebhookEvent(*message));
    };
  });
}
