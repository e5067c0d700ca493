/// A client on a fake transport, with its log.
#pragma once

#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "both_forms.hpp"
#include "log_lines.hpp"

namespace liveblocks_tests {

struct ClientFixture {
  std::shared_ptr<liveblocks::testing::FakeTransport> transport =
      std::make_shared<liveblocks::testing::FakeTransport>();
  LogLines log;

  ClientFixture() { transport->setScheduler(scheduler()); }

  liveblocks::LiveblocksOptions options() const {
    liveblocks::LiveblocksOptions options;
    options.secret = "sk_testingtesting";
    options.retry = false;
    options.log = log.callback();
    return options;
  }

  liveblocks::Liveblocks client() const { return liveblocks::Liveblocks(options(), transport); }

  liveblocks::Session session() const { return client().prepareSession("user-123"); }
};

/// The calls for tokens in one of the forms.
struct TokenFixture : ClientFixture {
  const Form form = anyForm();

  liveblocks::AuthResponse authorize(liveblocks::Session& session,
                                     std::optional<liveblocks::Deadline> deadline = {}) const {
    if (form == Form::blocking) return session.authorize(deadline);
    return awaited<liveblocks::AuthResponse>([&](liveblocks::Callback<liveblocks::AuthResponse> done) {
      session.authorizeAsync(std::move(done), {deadline});
    });
  }
  liveblocks::AuthResponse authorize(liveblocks::Session&& session,
                                     std::optional<liveblocks::Deadline> deadline = {}) const {
    return authorize(session, deadline);
  }

  liveblocks::AuthResponse identify(const liveblocks::Liveblocks& client, const std::string& userId) const {
    if (form == Form::blocking) return client.identifyUser({userId});
    return awaited<liveblocks::AuthResponse>([&](liveblocks::Callback<liveblocks::AuthResponse> done) {
      client.identifyUserAsync({userId}, {}, std::move(done));
    });
  }
};

/// nullopt for a success.
template <class T>
std::optional<liveblocks::Errc> codeOf(const liveblocks::Result<T>& result) {
  return result ? std::nullopt : std::make_optional(result.error().code);
}

/// Typed calls in one of the forms.
struct TypedCallFixture : ClientFixture {
  const Form form = anyForm();

  template <class T>
  liveblocks::Result<T> call(const liveblocks::http::TypedCall<T>& call) const {
    if (form == Form::blocking) return client().call(call);
    return awaited<liveblocks::Result<T>>(
        [&](liveblocks::Callback<liveblocks::Result<T>> done) { client().callAsync(call, std::move(done)); });
  }

  /// What the call reads if Liveblocks responds with that.
  template <class T>
  liveblocks::Result<T> readFrom(const liveblocks::http::TypedCall<T>& call, std::string body, int status = 200) const {
    transport->push(liveblocks::http::Response{status, {}, std::move(body)});
    return this->call(call);
  }

  /// Why the call is `Errc::invalidRequest`, after the name of the call. Checks that nothing is sent.
  template <class T>
  std::string refusalOf(const liveblocks::http::TypedCall<T>& call) const {
    const std::size_t before = transport->requestCount();
    const liveblocks::Result<T> outcome = this->call(call);
    CHECK(transport->requestCount() == before);
    if (codeOf(outcome) != liveblocks::Errc::invalidRequest) return "not refused";
    return outcome.error().message.substr((call.request.method + ' ' + call.request.path + ": ").size());
  }

  /// `GET https://... body` as it is sent.
  template <class T>
  std::string sent(const liveblocks::http::TypedCall<T>& call) const {
    transport->push(liveblocks::http::Response{500, {}, {}});
    CHECK_FALSE(this->call(call));
    const liveblocks::http::Request request = transport->requests().back();
    return request.method + ' ' + request.url.substr(std::string_view("https://api.liveblocks.io").size()) +
           (request.body.empty() ? "" : ' ' + request.body);
  }
};

/// Throws instead of sending.
class ThrowingTransport : public liveblocks::http::Transport {
 public:
  liveblocks::Result<liveblocks::http::Response> send(const liveblocks::http::Request&,
                                                      const liveblocks::http::Call&) override {
    throw 1;
  }
  bool start(liveblocks::http::Request&, const liveblocks::http::Call&, Completion&) override { throw 1; }
  std::shared_ptr<liveblocks::http::Scheduler> scheduler() const override { return liveblocks_tests::scheduler(); }
};

/// The text repeated.
inline std::string times(std::size_t count, std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

}  // namespace liveblocks_tests
