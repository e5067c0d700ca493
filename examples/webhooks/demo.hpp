/// A sender for `--demo`.
#pragma once

#include <string>

namespace webhooks_example {

/// `whsec_...`, of random bytes.
std::string makeSecret();

/// Sends an event that is signed with the secret, once more, and then changed, and prints the answers. Throws
/// `std::runtime_error` when one of them is not what it should be.
void sendDeliveries(const std::string& url, const std::string& secret);

}  // namespace webhooks_example
