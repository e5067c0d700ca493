// The adapter for spdlog: levels, and messages that are not formats.

#include <liveblocks/adapters/spdlog.hpp>

#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include <spdlog/sinks/ostream_sink.h>

#include "catch.hpp"

namespace lb = liveblocks;

namespace {

struct Written {
  std::ostringstream out;
  std::shared_ptr<spdlog::logger> logger =
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(out));

  Written() {
    logger->set_pattern("%l %v");
    logger->set_level(spdlog::level::trace);
  }
};

}  // namespace

TEST_CASE_METHOD(Written, "a message is written with its level") {
  const auto [level, name] = GENERATE(table<lb::LogLevel, std::string>({
      {lb::LogLevel::debug, "debug"},
      {lb::LogLevel::info, "info"},
      {lb::LogLevel::warning, "warning"},
      {lb::LogLevel::error, "error"},
  }));
  lb::adapters::spdlogLog(logger)(level, "hello");
  CHECK(out.str() == name + " hello\n");
}

TEST_CASE_METHOD(Written, "braces in a message stay as they are") {
  lb::adapters::spdlogLog(logger)(lb::LogLevel::info, "{} {0} {:d} {{ }} %v");
  CHECK(out.str() == "info {} {0} {:d} {{ }} %v\n");
}

TEST_CASE_METHOD(Written, "the level of the logger applies") {
  logger->set_level(spdlog::level::warn);
  lb::adapters::spdlogLog(logger)(lb::LogLevel::info, "hello");
  lb::adapters::spdlogEvents(logger).cacheLookup({"jwks", "hit"});
  lb::adapters::spdlogEvents(logger).exchange({});
  CHECK(out.str().empty());
}

TEST_CASE_METHOD(Written, "events are lines at the level debug") {
  const lb::Events events = lb::adapters::spdlogEvents(logger);
  lb::Events::Exchange exchange;
  exchange.operation = lb::operations::jwks;
  exchange.method = "GET";
  exchange.serverAddress = "clerk.example.com";
  exchange.serverPort = 443;
  exchange.resendCount = 1;
  exchange.status = 503;
  exchange.duration = std::chrono::duration<double>(0.25);
  events.exchange(exchange);
  events.verification({lb::operations::verifySession, "ok", "session_token", true});
  events.cacheLookup({"jwks", "miss"});
  events.webhook({lb::operations::verifyWebhook, "verified"});
  CHECK(out.str() ==
        "debug exchange operation=clerk.jwks method=GET server=clerk.example.com:443 resend=1 status=503 error=503 "
        "duration=0.250000\n"
        "debug verification operation=clerk.verify_session outcome=ok token=session_token cached=true\n"
        "debug cache cache=jwks outcome=miss\n"
        "debug webhook operation=webhooks.verify outcome=verified\n");
}

TEST_CASE("a null logger is refused") {
  CHECK_THROWS_AS(lb::adapters::spdlogLog(nullptr), std::invalid_argument);
  CHECK_THROWS_AS(lb::adapters::spdlogEvents(nullptr), std::invalid_argument);
}
