/// @file
/// Metrics for Prometheus, through prometheus-cpp (1.0 or later). Header-only; link `prometheus-cpp-core` yourself. See
/// docs/observability.md.
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <liveblocks/core/events.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// Options of `prometheusEvents()`.
struct PrometheusOptions {
  /// The upper bounds of the buckets of durations, in seconds and rising: those that OpenTelemetry advises.
  prometheus::Histogram::BucketBoundaries buckets = {0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25,
                                                     0.5,   0.75, 1,     2.5,  5,     7.5, 10};
  /// Labels that all metrics get, such as the name of the application's instance. None that a metric has itself.
  std::map<std::string, std::string> labels = {};
};

namespace detail {

/// Throws for what a registry refuses at the first sample only, which nobody would be told of.
inline void checkPrometheusOptions(const PrometheusOptions& options) {
  for (const char* const own :
       {"operation", "http_request_method", "server_address", "server_port", "http_response_status_code", "error_type",
        "outcome", "token_type", "cached", "cache", "le"}) {
    if (options.labels.count(own) != 0) throw std::invalid_argument(std::string("the metrics set the label ") + own);
  }
  static_cast<void>(prometheus::Histogram(options.buckets));
}

}  // namespace detail

/// Callables that count in a registry. `begin`, `end` and `propagate` are empty: set them for traces. The metrics:
///
/// - the histogram `http_client_request_duration_seconds` with the labels `operation`, `http_request_method`,
///   `server_address`, `server_port`, `http_response_status_code` and `error_type`
/// - the counter `liveblocks_verifications_total` with `operation`, `outcome`, `token_type` and `cached` (`true` or
///   `false`)
/// - the counter `liveblocks_cache_lookups_total` with `cache` and `outcome`
/// - the counter `liveblocks_webhooks_total` with `operation` and `outcome`
///
/// A label without a value is empty, which Prometheus treats as absent. Several calls for one registry, with the same
/// options, share the metrics. The callables keep the registry alive, and are thread-safe. Throws
/// `std::invalid_argument` for a null registry, for labels in the options that the metrics have themselves, for buckets
/// that do not rise, and if the registry refuses a metric, as for another kind of metric with the same name.
inline Events prometheusEvents(const std::shared_ptr<prometheus::Registry>& registry, PrometheusOptions options = {}) {
  if (registry == nullptr) throw std::invalid_argument("prometheusEvents() needs a registry");
  detail::checkPrometheusOptions(options);
  const auto counter = [&](const char* name, const char* help) {
    return &prometheus::BuildCounter().Name(name).Help(help).Labels(options.labels).Register(*registry);
  };
  Events events;
  auto* const durations = &prometheus::BuildHistogram()
                               .Name("http_client_request_duration_seconds")
                               .Help("Duration of HTTP client requests, each attempt by itself.")
                               .Labels(options.labels)
                               .Register(*registry);
  events.exchange = [registry, durations, buckets = std::move(options.buckets)](const Events::Exchange& exchange) {
    durations
        ->Add({{"operation", std::string(exchange.operation)},
               {"http_request_method", std::string(exchange.method)},
               {"server_address", std::string(exchange.serverAddress)},
               {"server_port", std::to_string(exchange.serverPort)},
               {"http_response_status_code", exchange.status != 0 ? std::to_string(exchange.status) : std::string()},
               {"error_type", exchange.errorType()}},
              buckets)
        .Observe(exchange.duration.count());
  };
  auto* const verifications =
      counter("liveblocks_verifications_total", "Session tokens and requests that were verified.");
  events.verification = [registry, verifications](const Events::Verification& verification) {
    verifications
        ->Add({{"operation", std::string(verification.operation)},
               {"outcome", std::string(verification.outcome)},
               {"token_type", std::string(verification.tokenType)},
               {"cached", verification.cached ? "true" : "false"}})
        .Increment();
  };
  auto* const lookups = counter("liveblocks_cache_lookups_total", "Look-ups in the caches of keys, tokens and users.");
  events.cacheLookup = [registry, lookups](const Events::CacheLookup& lookup) {
    lookups->Add({{"cache", std::string(lookup.cache)}, {"outcome", std::string(lookup.outcome)}}).Increment();
  };
  auto* const webhooks = counter("liveblocks_webhooks_total", "Webhooks that were verified or claimed.");
  events.webhook = [registry, webhooks](const Events::Webhook& webhook) {
    webhooks->Add({{"operation", std::string(webhook.operation)}, {"outcome", std::string(webhook.outcome)}})
        .Increment();
  };
  return events;
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
