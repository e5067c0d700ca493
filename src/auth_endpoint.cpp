#include <liveblocks/auth_endpoint.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "auth_endpoint/handling.hpp"
#include "auth_endpoint/rules.hpp"
#include "auth_endpoint/steps.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// Waits on its thread for what the steps need.
class BlockingHandling : public detail::EndpointSteps<BlockingHandling> {
 public:
  using EndpointSteps::EndpointSteps;

  /// There is one after `begin()`.
  http::Response response() && { return *std::move(response_); }

 private:
  friend class detail::EndpointSteps<BlockingHandling>;

  void identify() { identified(rules().identify()(request().httpRequest, request().deadline)); }

  void decide() { decided(rules().decide()(request())); }

  void authorize(Session session) { issued(session.authorize(request().deadline)); }

  void identifyUser() {
    issued(rules().liveblocks().identifyUser(detail::EndpointRules::identityOf(request()),
                                             {request().caller.options.userInfo}, request().deadline));
  }

  void finish(http::Response response) { response_.emplace(std::move(response)); }

  std::optional<http::Response> response_;
};

}  // namespace

AuthEndpoint::AuthEndpoint(std::shared_ptr<const detail::EndpointRules> rules) noexcept : rules_(std::move(rules)) {}

AuthEndpoint::AuthEndpoint(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options)
    : AuthEndpoint(std::make_shared<const detail::EndpointRules>(std::move(liveblocks), std::move(identify),
                                                                 std::move(decide), std::move(options))) {
  if (!rules_->decide()) throw std::invalid_argument("decide must not be empty");
}

AuthEndpoint AuthEndpoint::withIdTokens(Liveblocks liveblocks, Identify identify, AuthEndpointOptions options) {
  return AuthEndpoint(std::make_shared<const detail::EndpointRules>(std::move(liveblocks), std::move(identify), nullptr,
                                                                    std::move(options)));
}

http::Response AuthEndpoint::handle(const http::RequestView& request, std::optional<Deadline> deadline) const {
  const std::shared_ptr<const detail::EndpointRules> rules = rules_;
  try {
    BlockingHandling handling(rules, request, deadline);
    handling.begin();
    return std::move(handling).response();
  } catch (...) {
    return rules->respondToException();
  }
}

void AuthEndpoint::handleAsync(http::ReceivedRequest request, Callback<http::Response> done,
                               const AsyncOptions& options) const {
  detail::handleAsync(rules_, std::move(request), std::move(done), options);
}

std::size_t AuthEndpoint::maxBody() const noexcept { return rules_->options().maxBody; }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
