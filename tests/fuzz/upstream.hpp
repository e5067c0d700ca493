/// A server that answers as the input says, and what may be told of its answers.
#pragma once

#include <cctype>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/log.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

namespace fuzzing {

/// What `takeResponse()` reads. Each header ends with a line feed.
inline std::string responseText(int status, std::string_view body, std::string_view headers = {}) {
  return std::to_string(status).append("\n").append(headers).append("\n").append(body);
}

/// The status on the first line, headers up to an empty line, then the body.
inline liveblocks::http::Response takeResponse(std::string_view input) {
  liveblocks::http::Response response;
  for (const char c : takeLine(input).substr(0, 3)) {
    response.status = response.status * 10 + (std::isdigit(static_cast<unsigned char>(c)) != 0 ? c - '0' : 0);
  }
  if (response.status < 200) response.status += 200;
  while (!input.empty()) {
    const std::string_view line = takeLine(input);
    if (line.empty()) break;
    for (const auto& [name, value] : takeHeaders(line)) {
      if (isHeaderValue(value)) response.headers.push_back({std::string(name), std::string(value)});
    }
  }
  response.body = input;
  return response;
}

/// Gives every request the same answer, and keeps none of them.
class AnsweringTransport : public liveblocks::http::Transport {
 public:
  liveblocks::Result<liveblocks::http::Response> send(const liveblocks::http::Request& request,
                                                      const liveblocks::http::Call&) override {
    lastBody = request.body;
    return answer;
  }

  liveblocks::http::Response answer;
  std::string lastBody;
};

/// `secret` is in each of the requests, and must not get anywhere else.
class Upstream {
 public:
  explicit Upstream(std::string_view secret) : secret_(secret) {}

  const std::shared_ptr<AnsweringTransport>& transport() const { return transport_; }

  void checkText(std::string_view text) const { require(text.find(secret_) == std::string_view::npos); }

  /// One line of UTF-8 without the secret.
  void checkLine(std::string_view text) const {
    // Of a header 2 KiB are shown, and each byte may become four characters.
    constexpr std::size_t maxLine = 9216;
    checkText(text);
    require(text.size() <= maxLine && liveblocks::utf8::isValid(text));
    for (const char c : text) require(!liveblocks::ascii::isControl(c));
  }

  void checkError(const liveblocks::Error& error) const {
    checkLine(error.message);
    require(error.retryAfter.value_or(std::chrono::seconds(0)) >= std::chrono::seconds(0));
    if (!error.info) return;
    for (const std::string* text :
         {&error.info->code, &error.info->message, &error.info->reason, &error.info->details, &error.info->requestId}) {
      checkText(*text);
      require(liveblocks::utf8::isValid(*text));
    }
  }

  liveblocks::Log log() const {
    return [this](liveblocks::LogLevel, std::string_view line) { checkLine(line); };
  }

 private:
  std::shared_ptr<AnsweringTransport> transport_ = std::make_shared<AnsweringTransport>();
  std::string_view secret_;
};

}  // namespace fuzzing
