/// An endpoint on a fake transport: every caller is Bob, and `post()` makes the requests.
#pragma once

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "both_forms.hpp"
#include "log_lines.hpp"

namespace liveblocks_tests {

/// Each case is run in both forms of the endpoint, each with callables of both forms.
struct EndpointFixture {
  const Form form = anyForm();
  const Form callables = GENERATE(Form::blocking, Form::asynchronous);

  std::shared_ptr<liveblocks::testing::FakeTransport> transport =
      std::make_shared<liveblocks::testing::FakeTransport>();
  LogLines log;
  liveblocks::AuthEndpointOptions options;
  liveblocks::Identify identify = [](const liveblocks::http::RequestView&, liveblocks::Deadline) {
    return liveblocks::Caller{"bob"};
  };
  liveblocks::Decide decide = [](const liveblocks::Caller&, const std::optional<std::string>& room) {
    return liveblocks::Decision().allow(room.value_or("acme:*"), liveblocks::FULL_ACCESS);
  };

  EndpointFixture() { transport->setScheduler(scheduler()); }

  liveblocks::AuthEndpoint endpoint() const { return {client(), identifying(), deciding(), loggedOptions()}; }

  liveblocks::AuthEndpoint idTokenEndpoint() const {
    return liveblocks::AuthEndpoint::withIdTokens(client(), identifying(), loggedOptions());
  }

  liveblocks::http::Response handle(const liveblocks::AuthEndpoint& endpoint,
                                    const liveblocks::http::RequestView& request,
                                    std::optional<liveblocks::Deadline> deadline = {}) const {
    if (form == Form::blocking) return endpoint.handle(request, deadline);
    return awaited<liveblocks::http::Response>([&](liveblocks::Callback<liveblocks::http::Response> done) {
      endpoint.handleAsync(liveblocks::http::ReceivedRequest::copyOf(request), std::move(done), {deadline});
    });
  }

  liveblocks::http::Response post(std::string_view body) const {
    return handle(endpoint(), {"POST", "/api/liveblocks-auth", {}, body});
  }

 private:
  liveblocks::Liveblocks client() const {
    liveblocks::LiveblocksOptions made;
    made.secret = "sk_testingtesting";
    made.retry = false;
    return liveblocks::Liveblocks(made, transport);
  }

  liveblocks::AuthEndpointOptions loggedOptions() const {
    liveblocks::AuthEndpointOptions made = options;
    made.log = log.callback();
    return made;
  }

  /// `identify` in the form of the callables.
  liveblocks::Identify identifying() const {
    if (callables == Form::blocking || !identify) return identify;
    return [identify = identify, form = form](const liveblocks::http::RequestView& request,
                                              const liveblocks::AsyncOptions& how,
                                              liveblocks::Callback<liveblocks::Result<liveblocks::Caller>> done) {
      callBack(form, [done = std::move(done), caller = identify(request, how.deadline.value())] { done(caller); });
    };
  }

  liveblocks::Decide deciding() const {
    if (callables == Form::blocking || !decide) return decide;
    return [decide = decide, form = form](const liveblocks::AuthRequest& request,
                                          liveblocks::Callback<liveblocks::Decision> done) {
      callBack(form, [done = std::move(done), decision = decide(request)] { done(decision); });
    };
  }

  /// Later, unless that would be too late.
  static void callBack(Form form, std::function<void()> task) {
    if (form == Form::blocking) return task();
    scheduler()->post(std::move(task));
  }
};

/// The member `error` of a response.
inline std::string errorOf(const liveblocks::http::Response& answer) {
  return nlohmann::json::parse(answer.body).at("error");
}

inline std::string reasonOf(const liveblocks::http::Response& answer) {
  return nlohmann::json::parse(answer.body).at("reason");
}

}  // namespace liveblocks_tests
