/// @file
/// The log and the events as lines of spdlog (1.10 or later). Header-only; link spdlog yourself. See
/// docs/observability.md.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <spdlog/common.h>
#include <spdlog/logger.h>

#include <liveblocks/core/events.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

inline spdlog::level::level_enum spdlogLevel(LogLevel level) noexcept {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      break;
  }
  return spdlog::level::err;
}

inline void requireLogger(const std::shared_ptr<spdlog::logger>& logger) {
  if (logger == nullptr) throw std::invalid_argument("the adapter for spdlog needs a logger");
}

}  // namespace detail

/// Writes each message to the logger, with the level of the same meaning. A message is an argument, never a format: its
/// braces are written as they are. Use a logger that may be called from several threads (`_mt`). Throws
/// `std::invalid_argument` for a null logger.
inline Log spdlogLog(std::shared_ptr<spdlog::logger> logger) {
  detail::requireLogger(logger);
  return [logger = std::move(logger)](LogLevel level, std::string_view message) {
    logger->log(detail::spdlogLevel(level), "{}", message);
  };
}

/// Writes each event to the logger at the level `debug`, as `name=value` in one line. `begin`, `end` and `propagate`
/// are empty. Throws `std::invalid_argument` for a null logger.
inline Events spdlogEvents(const std::shared_ptr<spdlog::logger>& logger) {
  detail::requireLogger(logger);
  Events events;
  events.exchange = [logger](const Events::Exchange& exchange) {
    if (!logger->should_log(spdlog::level::debug)) return;
    logger->debug("exchange operation={} method={} server={}:{} resend={} status={} error={} duration={:.6f}",
                  exchange.operation, exchange.method, exchange.serverAddress, exchange.serverPort,
                  exchange.resendCount, exchange.status, exchange.errorType(), exchange.duration.count());
  };
  events.verification = [logger](const Events::Verification& verification) {
    logger->debug("verification operation={} outcome={} token={} cached={}", verification.operation,
                  verification.outcome, verification.tokenType, verification.cached);
  };
  events.cacheLookup = [logger](const Events::CacheLookup& lookup) {
    logger->debug("cache cache={} outcome={}", lookup.cache, lookup.outcome);
  };
  events.webhook = [logger](const Events::Webhook& webhook) {
    logger->debug("webhook operation={} outcome={}", webhook.operation, webhook.outcome);
  };
  return events;
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
