// What docs/observability.md shows.

#include <liveblocks/adapters/prometheus.hpp>
#include <liveblocks/adapters/spdlog.hpp>
#include <liveblocks/clerk/client.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/event_recorder.hpp>
#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <prometheus/text_serializer.h>
#include <spdlog/sinks/ostream_sink.h>

#include "catch.hpp"

namespace {

struct Config {
  liveblocks::Secret liveblocksSecret = "sk_testingtesting";
  liveblocks::Secret clerkSecretKey;
};

/// Stands in for a tracer.
class Tracer {
 public:
  struct Record {
    std::string name;
    std::map<std::string, std::string> attributes;
    bool hasEnded = false;
  };

  class Span {
   public:
    explicit Span(std::shared_ptr<Record> record) : record_(std::move(record)) {}
    void set(const std::string& name, const std::string& value) { record_->attributes[name] = value; }
    void end() { record_->hasEnded = true; }
    std::string traceparent() const { return "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"; }

   private:
    std::shared_ptr<Record> record_;
  };

  std::shared_ptr<Span> startSpan(const std::string& name) {
    records.push_back(std::make_shared<Record>());
    records.back()->name = name;
    return std::make_shared<Span>(records.back());
  }

  std::vector<std::shared_ptr<Record>> records;
};

// observability.md tracing: begin
/// Spans of the tracer for each attempt, and the headers that continue the trace.
liveblocks::Events tracingEvents(const std::shared_ptr<Tracer>& tracer) {
  liveblocks::Events events;
  events.begin = [tracer](const liveblocks::Events::Exchange& exchange) {
    auto span = tracer->startSpan(std::string(exchange.method));
    span->set("http.request.method", std::string(exchange.method));
    span->set("server.address", std::string(exchange.serverAddress));
    span->set("server.port", std::to_string(exchange.serverPort));
    span->set("http.request.resend_count", std::to_string(exchange.resendCount));
    return span;
  };
  events.end = [](const liveblocks::Events::Span& span, const liveblocks::Events::Exchange& exchange) {
    auto& own = *static_cast<Tracer::Span*>(span.get());
    if (exchange.status != 0) own.set("http.response.status_code", std::to_string(exchange.status));
    if (const std::string type = exchange.errorType(); !type.empty()) own.set("error.type", type);
    own.end();
  };
  events.propagate = [](const liveblocks::Events::Span& span, const liveblocks::Events::Exchange& /*exchange*/) {
    liveblocks::Events::TraceHeaders headers;
    headers.traceparent = static_cast<Tracer::Span*>(span.get())->traceparent();
    return headers;
  };
  return events;
}
// observability.md tracing: end

}  // namespace

TEST_CASE("one set of metrics counts the requests to both vendors") {
  const auto clerk = std::make_shared<liveblocks::testing::FakeClerk>();
  const Config config{"sk_testingtesting", clerk->secretKey()};
  // observability.md prometheus: begin
  const auto registry = std::make_shared<prometheus::Registry>();
  const liveblocks::Events events = liveblocks::adapters::prometheusEvents(registry);

  liveblocks::LiveblocksOptions liveblocksOptions;
  liveblocksOptions.secret = config.liveblocksSecret;
  liveblocksOptions.events = events;

  liveblocks::clerk::ClientOptions clerkOptions;
  clerkOptions.secretKey = config.clerkSecretKey;
  clerkOptions.events = events;
  // observability.md prometheus: end
  const auto fake = std::make_shared<liveblocks::testing::FakeLiveblocks>(config.liveblocksSecret);
  const liveblocks::clerk::Client client(clerkOptions, clerk);
  CHECK(client.sessionVerifier().verify(clerk->issuer().sessionToken()));
  CHECK(liveblocks::Liveblocks(liveblocksOptions, fake).identifyUser({"bob"}).status == 200);
  const std::string text = prometheus::TextSerializer().Serialize(registry->Collect());
  for (
      const char* part : {
          R"(http_client_request_duration_seconds_count{error_type="",http_request_method="GET",http_response_status_code="200",operation="clerk.jwks",server_address="api.clerk.com",server_port="443"} 1)",
          R"(operation="liveblocks.identify",server_address="api.liveblocks.io",server_port="443"} 1)",
          R"(liveblocks_verifications_total{cached="false",operation="clerk.verify_session",outcome="ok",token_type="session_token"} 1)",
          R"(liveblocks_cache_lookups_total{cache="jwks",outcome="miss"} 1)",
      }) {
    CHECK_THAT(text, ContainsSubstring(part));
  }
}

TEST_CASE("spdlog gets the messages and the events of a client") {
  std::ostringstream out;
  const auto logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(out));
  logger->set_level(spdlog::level::debug);
  logger->set_pattern("%l %v");
  const Config config;
  // observability.md spdlog: begin
  liveblocks::LiveblocksOptions options;
  options.secret = config.liveblocksSecret;
  options.log = liveblocks::adapters::spdlogLog(logger);
  options.events = liveblocks::adapters::spdlogEvents(logger);  // at the level debug
  // observability.md spdlog: end
  const auto fake = std::make_shared<liveblocks::testing::FakeLiveblocks>(config.liveblocksSecret);
  fake->respondNext("/v2/identify-user", {200, {{"X-LB-Warn", "mind the {} and {0}"}}, R"({"token":"a.b.c"})"});
  CHECK(liveblocks::Liveblocks(options, fake).identifyUser({"bob"}).status == 200);
  CHECK_THAT(out.str(), ContainsSubstring("debug exchange operation=liveblocks.identify method=POST"));
  CHECK_THAT(out.str(), ContainsSubstring("mind the {} and {0}"));
}

TEST_CASE("a tracer gets a span for each attempt, beside metrics") {
  const auto registry = std::make_shared<prometheus::Registry>();
  const auto tracer = std::make_shared<Tracer>();
  // observability.md combined: begin
  liveblocks::Events events = liveblocks::adapters::prometheusEvents(registry);
  const liveblocks::Events traces = tracingEvents(tracer);
  events.begin = traces.begin;
  events.end = traces.end;
  events.propagate = traces.propagate;
  // observability.md combined: end
  const Config config;
  liveblocks::LiveblocksOptions options;
  options.secret = config.liveblocksSecret;
  options.events = events;
  const auto fake = std::make_shared<liveblocks::testing::FakeLiveblocks>(config.liveblocksSecret);
  fake->failNext("/v2/", liveblocks::Error{liveblocks::Errc::reset, "x"});
  CHECK(liveblocks::Liveblocks(options, fake).identifyUser({"bob"}).status == 200);
  REQUIRE(tracer->records.size() == 2);
  const auto& first = *tracer->records[0];
  const auto& second = *tracer->records[1];
  CHECK(first.hasEnded);
  CHECK(first.attributes.at("error.type") == "reset");
  CHECK(first.attributes.count("http.response.status_code") == 0);
  CHECK(second.hasEnded);
  CHECK(second.attributes.at("http.request.resend_count") == "1");
  CHECK(second.attributes.at("http.response.status_code") == "200");
  CHECK(fake->requests().back().headers.back().name == "traceparent");
}

TEST_CASE("a test sees the events of its calls") {
  const auto fake = std::make_shared<liveblocks::testing::FakeLiveblocks>("sk_testingtesting");
  liveblocks::LiveblocksOptions options;
  options.secret = "sk_testingtesting";
  REQUIRE(liveblocks::Liveblocks(options, fake).createRoom("design", {}));
  // observability.md recorder: begin
  const liveblocks::testing::EventRecorder recorder;
  options.events = recorder.events();
  const liveblocks::Liveblocks client(options, fake);
  REQUIRE(client.getRoom("design"));
  CHECK(recorder.lines() == std::vector<std::string>{"exchange liveblocks.rooms.get GET api.liveblocks.io:443 #0 200"});
  // observability.md recorder: end
}
