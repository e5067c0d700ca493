// Exchanges while libcurl fails.

#include <atomic>

#include "exchange.hpp"
#include "forms.hpp"
#include "testing/transport_check/server.hpp"

namespace http = liveblocks::http;
namespace check = liveblocks::testing::transport_check;
using namespace liveblocks_tests;

namespace {

using Answer = liveblocks::Result<http::Response>;

template <class Form>
Answer exchange(const Form& form, const http::Request& request, bool once = false) {
  http::Call call{deadline()};
  call.once = once;
  return form.template run<Answer>([&] { return form.transport()->send(request, call); },
                                   [&](http::Transport::Completion done) {
                                     http::Request copy = request;
                                     form.transport()->start(copy, call, done);
                                   });
}

Verdict verdictOnAnswer(const Answer& answer) {
  if (!answer) return Verdict::failed;
  CHECK(answer->status == 200);
  CHECK(answer->body == "whole");
  return Verdict::accepted;
}

}  // namespace

TEMPLATE_TEST_CASE("an exchange ends once while libcurl fails, whole or with an error", "", BlockingForm,
                   AsynchronousForm) {
  const check::Server server([](const check::Received&) { return check::respond(200, "whole"); });
  surviveEachFaultOver<TestType>(Verdict::accepted, [&](const TestType& form) {
    return verdictOnAnswer(exchange(form, post(server.url(), "x")));
  });
}

TEMPLATE_TEST_CASE("a transport is made or not while libcurl fails", "", BlockingForm, AsynchronousForm) {
  // libcurl starts once in a process: start_test.cpp.
  const TestType first;
  const check::Server server([](const check::Received&) { return check::respond(200, "whole"); });
  surviveEachFault(
      {Verdict::accepted,
       [&]() -> Job { return [&] { return verdictOnAnswer(exchange(TestType(), post(server.url(), "x"))); }; },
       mayRefuse});
}

TEMPLATE_TEST_CASE("an exchange over a connection that has ended goes on or fails while libcurl fails", "",
                   BlockingForm, AsynchronousForm) {
  const check::Server server([](const check::Received&) {
    check::Steps steps = check::respond(200, "whole");
    steps.push_back(check::Step::close());
    return steps;
  });
  surviveEachFaultOver<TestType>(Verdict::accepted, [&](const TestType& form) {
    const Verdict first = verdictOnAnswer(exchange(form, post(server.url(), "x")));
    const Verdict second = verdictOnAnswer(exchange(form, post(server.url(), "x")));
    return first == Verdict::accepted ? second : first;
  });
}

TEMPLATE_TEST_CASE("what must be sent once is not sent again while libcurl fails", "", BlockingForm, AsynchronousForm) {
  std::atomic<int> requests{0};
  const check::Server server([&](const check::Received& request) -> check::Steps {
    if (request.target == "/first") return check::respond(200, "whole");
    ++requests;
    return {check::Step::reset()};
  });
  surviveEachFaultOver<TestType>(Verdict::failed, [&](const TestType& form) {
    static_cast<void>(exchange(form, post(server.url("/first"), "x")));
    requests = 0;
    const Verdict verdict = verdictOnAnswer(exchange(form, post(server.url(), "x"), true));
    CHECK(requests <= 1);
    return verdict;
  });
}
