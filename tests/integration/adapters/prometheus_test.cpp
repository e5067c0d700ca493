// The adapter for Prometheus: the text that a server would be scraped for, to the letter.

#include <liveblocks/adapters/prometheus.hpp>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

#include <prometheus/text_serializer.h>

#include "catch.hpp"

namespace lb = liveblocks;

namespace {

struct Metrics {
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();

  std::string text() const { return prometheus::TextSerializer().Serialize(registry->Collect()); }

  /// The lines with a sample of the metric of that name.
  std::multiset<std::string> samples(const std::string& name) const {
    std::multiset<std::string> lines;
    std::string_view rest = *texts.emplace(text()).first;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string line(rest.substr(0, end));
      if (line.rfind(name + "{", 0) == 0) lines.insert(line);
      rest.remove_prefix(end + 1);
    }
    return lines;
  }

  mutable std::set<std::string> texts;
};

using Lines = std::multiset<std::string>;

lb::Events::Exchange exchange(int status, double seconds) {
  lb::Events::Exchange result;
  result.operation = lb::operations::authorize;
  result.method = "POST";
  result.serverAddress = "api.liveblocks.io";
  result.serverPort = 443;
  result.status = status;
  result.duration = std::chrono::duration<double>(seconds);
  return result;
}

}  // namespace

TEST_CASE_METHOD(Metrics, "durations are a histogram with the names of the conventions") {
  const lb::Events events = lb::adapters::prometheusEvents(registry);
  events.exchange(exchange(200, 0.02));
  events.exchange(exchange(200, 0.3));
  lb::Events::Exchange lost = exchange(0, 11);
  lost.error = lb::Errc::timeout;
  events.exchange(lost);
  const std::string common = R"(http_request_method="POST",)";
  const std::string server =
      R"(operation="liveblocks.authorize",server_address="api.liveblocks.io",server_port="443"})";
  CHECK(samples("http_client_request_duration_seconds_count") ==
        Lines{R"(http_client_request_duration_seconds_count{error_type="",)" + common +
                  R"(http_response_status_code="200",)" + server + " 2",
              R"(http_client_request_duration_seconds_count{error_type="timeout",)" + common +
                  R"(http_response_status_code="",)" + server + " 1"});
  CHECK_THAT(text(), ContainsSubstring("# TYPE http_client_request_duration_seconds histogram"));
  CHECK_THAT(text(), ContainsSubstring(server.substr(0, server.size() - 1) + R"(,le="0.025"} 1)"));
  CHECK_THAT(text(), ContainsSubstring(server.substr(0, server.size() - 1) + R"(,le="0.5"} 2)"));
  CHECK_THAT(text(), ContainsSubstring(server.substr(0, server.size() - 1) + R"(,le="+Inf"} 2)"));
}

TEST_CASE_METHOD(Metrics, "verifications, look-ups and webhooks are counters") {
  const lb::Events events = lb::adapters::prometheusEvents(registry);
  for (int i = 0; i < 2; ++i) {
    events.verification({lb::operations::verifySession, "ok", "session_token", true});
  }
  events.verification({lb::operations::verifySession, "expired", "session_token", false, lb::Errc::expired});
  events.cacheLookup({"jwks", "hit"});
  events.webhook({lb::operations::claimWebhook, "fresh"});
  CHECK(samples("liveblocks_verifications_total") ==
        Lines{R"(liveblocks_verifications_total{cached="true",operation="clerk.verify_session",outcome="ok",)"
              R"(token_type="session_token"} 2)",
              R"(liveblocks_verifications_total{cached="false",operation="clerk.verify_session",outcome="expired",)"
              R"(token_type="session_token"} 1)"});
  CHECK(samples("liveblocks_cache_lookups_total") ==
        Lines{R"(liveblocks_cache_lookups_total{cache="jwks",outcome="hit"} 1)"});
  CHECK(samples("liveblocks_webhooks_total") ==
        Lines{R"(liveblocks_webhooks_total{operation="webhooks.claim",outcome="fresh"} 1)"});
}

TEST_CASE_METHOD(Metrics, "two sets of callables for one registry share the metrics") {
  lb::adapters::PrometheusOptions options;
  options.labels = {{"service", "board"}};
  lb::adapters::prometheusEvents(registry, options).cacheLookup({"user", "miss"});
  lb::adapters::prometheusEvents(registry, options).cacheLookup({"user", "miss"});
  CHECK(samples("liveblocks_cache_lookups_total") ==
        Lines{R"(liveblocks_cache_lookups_total{service="board",cache="user",outcome="miss"} 2)"});
}

TEST_CASE_METHOD(Metrics, "buckets can be chosen") {
  lb::adapters::PrometheusOptions options;
  options.buckets = {0.1, 7};
  lb::adapters::prometheusEvents(registry, options).exchange(exchange(200, 0.2));
  CHECK(samples("http_client_request_duration_seconds_bucket").size() == 3);
}

TEST_CASE_METHOD(Metrics, "callables keep their registry alive") {
  const lb::Events events = lb::adapters::prometheusEvents(registry);
  const std::weak_ptr<prometheus::Registry> weak = registry;
  registry.reset();
  CHECK_FALSE(weak.expired());
  events.webhook({lb::operations::verifyWebhook, "verified"});
}

TEST_CASE("a null registry is refused") {
  CHECK_THROWS_AS(lb::adapters::prometheusEvents(nullptr), std::invalid_argument);
}

TEST_CASE_METHOD(Metrics, "options with which every sample would be lost are refused") {
  lb::adapters::PrometheusOptions options;
  SECTION("a label of the metrics") {
    options.labels = {{GENERATE("operation", "outcome", "error_type", "le"), "board"}};
  }
  SECTION("buckets that do not rise") { options.buckets = {1, 0.1}; }
  CHECK_THROWS_AS(lb::adapters::prometheusEvents(registry, options), std::invalid_argument);
}
