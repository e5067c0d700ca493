/// A client of a Clerk instance on a fake transport, whose calls are made in both forms.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/clerk/client.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include "both_forms.hpp"
#include "log_lines.hpp"

namespace liveblocks_tests {

struct ApiFixture {
  BothForms form;
  std::shared_ptr<liveblocks::testing::FakeTransport> transport = fake();
  std::shared_ptr<liveblocks::testing::ManualClock> clock = std::make_shared<liveblocks::testing::ManualClock>();
  LogLines log;

  liveblocks::clerk::ClientOptions options() const {
    liveblocks::clerk::ClientOptions options;
    options.secretKey = "sk_test_geheimgeheim";
    options.retryCalls = false;
    options.clock = clock;
    options.log = log.callback();
    return options;
  }

  liveblocks::clerk::Client client() const { return liveblocks::clerk::Client(options(), transport); }
  /// A client that repeats requests.
  liveblocks::clerk::Client persistent() const {
    liveblocks::clerk::ClientOptions changed = options();
    changed.retryCalls = true;
    return liveblocks::clerk::Client(changed, transport);
  }

  /// Makes the call in the form of the test.
  template <class T>
  liveblocks::Result<T> call(const liveblocks::clerk::Client& given, const liveblocks::http::TypedCall<T>& call) const {
    return form.run<liveblocks::Result<T>>([&] { return given.call(call); },
                                           [&](auto done) { given.callAsync(call, std::move(done)); });
  }
  liveblocks::Result<liveblocks::http::ApiResponse> call(const liveblocks::clerk::Client& given,
                                                         const liveblocks::http::ApiCall& call,
                                                         std::optional<liveblocks::Deadline> deadline = {}) const {
    return form.run<liveblocks::Result<liveblocks::http::ApiResponse>>(
        [&] { return given.call(call, deadline); },
        [&](auto done) { given.callAsync(call, std::move(done), {deadline}); });
  }
  template <class Call>
  auto call(const Call& given) const {
    return call(client(), given);
  }

 private:
  std::shared_ptr<liveblocks::testing::FakeTransport> fake() const {
    auto result = std::make_shared<liveblocks::testing::FakeTransport>();
    result->setScheduler(form.scheduler());
    return result;
  }
};

}  // namespace liveblocks_tests
