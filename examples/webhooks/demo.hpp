/// Two senders for `--demo`.
#pragma once

#include <string>

#include <liveblocks/testing/webhook_signer.hpp>

namespace webhooks_example {

/// Sends an event of each vendor, one once more, and one changed, and prints the answers. Throws `std::runtime_error`
/// when one of them is not what it should be.
void sendDeliveries(const std::string& origin, const std::string& path,
                    const liveblocks::testing::WebhookSigner& liveblocks,
                    const liveblocks::testing::WebhookSigner& clerk);

}  // namespace webhooks_example
