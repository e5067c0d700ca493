// Headers of trace propagation: added to each attempt, and checked.

#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <memory>
#include <string>
#include <vector>

#include "both_forms.hpp"
#include "catch.hpp"
#include "log_lines.hpp"

namespace lb = liveblocks;
using liveblocks_tests::awaited;
using liveblocks_tests::Form;

namespace {

const std::string validParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

struct TraceFixture {
  Form form = liveblocks_tests::anyForm();
  std::shared_ptr<lb::testing::FakeTransport> transport = std::make_shared<lb::testing::FakeTransport>();
  liveblocks_tests::LogLines log;
  lb::LiveblocksOptions options;
  lb::Events::TraceHeaders headers;

  TraceFixture() {
    options.secret = "sk_testingtesting";
    options.log = log.callback();
    options.events.propagate = [this](const auto&, const auto&) { return headers; };
  }

  /// The headers of trace propagation in the last request.
  std::vector<std::string> sent() const {
    std::vector<std::string> result;
    const lb::http::Request request = transport->requests().back();
    for (const lb::http::Header& header : request.headers) {
      if (header.name != "Authorization" && header.name != "Content-Type") {
        result.push_back(header.name + ": " + header.value);
      }
    }
    return result;
  }

  std::vector<std::string> send() const {
    const lb::Liveblocks client(options, transport);
    transport->pushJson(200, R"({"token":"a.b.c"})");
    if (form == Form::blocking) {
      static_cast<void>(client.identifyUser({"bob"}));
    } else {
      transport->setScheduler(liveblocks_tests::scheduler());
      static_cast<void>(
          awaited<lb::AuthResponse>([&](const auto& done) { client.identifyUserAsync({"bob"}, {}, done); }));
    }
    return sent();
  }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(TraceFixture, "headers of trace propagation are added behind the others") {
  headers = {validParent, "vendor=1,other=2", "key=value;property"};
  CHECK(send() == Lines{"traceparent: " + validParent, "tracestate: vendor=1,other=2", "baggage: key=value;property"});
  const lb::http::Request request = transport->requests().at(0);
  REQUIRE(request.headers.size() == 5);
  CHECK(request.headers[0].value == "Bearer sk_testingtesting");
  CHECK(request.body == R"({"userId":"bob"})");
  CHECK(log.lines->empty());
}

TEST_CASE_METHOD(TraceFixture, "no header is added without a value") { CHECK(send().empty()); }

TEST_CASE_METHOD(TraceFixture, "each attempt gets the headers of its own span") {
  int spans = 0;
  options.events.begin = [&](const auto&) { return std::make_shared<int>(++spans); };
  options.events.propagate = [](const lb::Events::Span& span, const lb::Events::Exchange& exchange) {
    const int number = *static_cast<const int*>(span.get());
    CHECK(exchange.resendCount == number - 1);
    return lb::Events::TraceHeaders{{}, {}, "n=" + std::to_string(number)};
  };
  transport->pushJson(503, "{}");
  CHECK(send() == Lines{"baggage: n=2"});
  CHECK(transport->requests().at(0).headers.back().value == "n=1");
}

TEST_CASE_METHOD(TraceFixture, "an invalid header is neither sent nor quoted, and logged once") {
  headers = {validParent, "vendor=1", "key=value"};
  Lines expected{"traceparent: " + validParent, "tracestate: vendor=1", "baggage: key=value"};
  SECTION("traceparent") {
    headers.traceparent =
        GENERATE_COPY(std::string("x"), validParent + "\r\nX-Evil: 1", validParent + "0", "ff" + validParent.substr(2),
                      std::string("00-00000000000000000000000000000000-b7ad6b7169203331-01"),
                      std::string("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"),
                      std::string("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"));
    expected = {"baggage: key=value"};
  }
  SECTION("tracestate") {
    headers.tracestate = GENERATE(std::string("a=1\r\nX-Evil: 1"), std::string("a=\x01"), std::string("a=\xC3\xA9"),
                                  std::string("a=b\0c", 5), std::string(513, 'a'));
    expected = {expected[0], expected[2]};
  }
  SECTION("baggage") {
    headers.baggage = GENERATE(std::string("a=1\nX-Evil: 1"), std::string("a=\x7F"), std::string(8193, 'a'));
    expected = {expected[0], expected[1]};
  }
  const lb::Liveblocks client(options, transport);
  CHECK(send() == expected);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->at(0).first == lb::LogLevel::warning);
  CHECK(log.lines->at(0).second ==
        "a header of trace propagation has an invalid value and is not sent: check Events::propagate");
}

TEST_CASE_METHOD(TraceFixture, "tracestate is not sent without traceparent") {
  headers.tracestate = "vendor=1";
  CHECK(send().empty());
  CHECK(log.lines->empty());
}
