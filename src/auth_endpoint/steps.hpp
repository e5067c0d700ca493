/// The order of the steps of an auth endpoint.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "auth_endpoint/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// A request on its way to its response. The steps are the same in both forms; `Form` derives from this class, obtains
/// what may take time, and goes on with the step that needs it:
///
/// - `identify()`, then `identified()`,
/// - `decide()`, then `decided()`,
/// - `authorize(Session)` or `identifyUser()`, then `issued()`,
/// - `finish(http::Response)` at the end.
template <class Form>
class EndpointSteps {
 public:
  EndpointSteps(std::shared_ptr<const EndpointRules> rules, http::RequestView request, std::optional<Deadline> host)
      : rules_(std::move(rules)) {
    request_.httpRequest = std::move(request);
    request_.deadline = rules_->deadlineOr(host);
  }

  void begin() {
    if (auto refusal = rules_->refuse(request_)) return form().finish(*std::move(refusal));
    form().identify();
  }

 protected:
  void identified(Result<Caller> caller) {
    if (auto refusal = rules_->read(request_, std::move(caller))) return form().finish(*std::move(refusal));
    rules_->decide() ? form().decide() : form().identifyUser();
  }

  void decided(const Decision& decision) {
    Step<Session> step = rules_->open(request_, decision);
    if (auto* refusal = std::get_if<http::Response>(&step)) return form().finish(std::move(*refusal));
    form().authorize(std::get<Session>(std::move(step)));
  }

  void issued(AuthResponse response) { form().finish(rules_->respond(std::move(response))); }

  const EndpointRules& rules() const noexcept { return *rules_; }
  AuthRequest& request() noexcept { return request_; }

 private:
  Form& form() noexcept { return static_cast<Form&>(*this); }

  /// Shared, so that a callable may destroy the last copy of the endpoint.
  std::shared_ptr<const EndpointRules> rules_;
  AuthRequest request_;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
