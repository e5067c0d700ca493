/// The application under load: an auth endpoint and webhooks.
#pragma once

#include <boost/asio/io_context.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/core/async_options.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/testing/webhook_signer.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include "dice.hpp"
#include "door.hpp"
#include "keys.hpp"
#include "ledger.hpp"
#include "options.hpp"

namespace soak {

constexpr const char* webhookPath = "/webhooks";

/// How often each webhook was handled. Thread-safe.
class WebhookBook {
 public:
  void handled(const std::string& id);
  /// Returns and forgets how often.
  int take(const std::string& id);

 private:
  std::mutex mutex_;
  std::map<std::string, int> handled_;
};

/// The endpoint of an instance of the library. The log tells the ledger of lines that contain a secret.
liveblocks::AuthEndpoint makeEndpoint(const std::string& upstreamUrl, const KeyRing& keys, Caching caching,
                                      std::shared_ptr<liveblocks::http::Transport> transport, Ledger& ledger, Lie lie);

/// What the server asks. For one thread.
class Application {
 public:
  using Respond = liveblocks::Callback<liveblocks::http::Response>;

  Application(boost::asio::io_context& context, liveblocks::AuthEndpoint endpoint, WebhookBook& book,
              const Options& options);

  std::size_t maxBody(std::string_view target) const;
  void handle(liveblocks::http::ReceivedRequest request, const Respond& respond);

  const liveblocks::testing::WebhookSigner& signer() const noexcept { return signer_; }

 private:
  void handleWebhook(const liveblocks::http::ReceivedRequest& request, const Respond& respond);
  void work(std::shared_ptr<liveblocks::webhooks::Claim> claim, const std::string& id, bool fails,
            const Respond& respond);
  /// As the options ask for it.
  void lie(const liveblocks::http::ReceivedRequest& request, const Respond& respond,
           liveblocks::http::Response response);
  void respondLater(const Respond& respond, const liveblocks::http::Response& response);
  void leak();

  boost::asio::io_context& context_;
  liveblocks::AuthEndpoint endpoint_;
  WebhookBook& book_;
  const Lie lie_;
  Dice dice_;
  liveblocks::testing::WebhookSigner signer_;
  liveblocks::webhooks::Verifier verifier_;
  liveblocks::webhooks::Deduplicator deduplicator_;
  std::vector<std::string> leaked_;
  std::vector<int> leakedFiles_;
};

}  // namespace soak
