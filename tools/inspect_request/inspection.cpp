#include "inspection.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <utility>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/core/clock.hpp>

#include "answer.hpp"
#include "canned_transport.hpp"
#include "json_lines/members.hpp"
#include "question.hpp"

namespace inspect_request {
namespace {

using nlohmann::json;

/// Stands still.
class FixedClock : public liveblocks::Clock {
 public:
  explicit FixedClock(std::chrono::system_clock::time_point now) : now_(now) {}
  std::chrono::system_clock::time_point wall() const override { return now_; }

 private:
  std::chrono::system_clock::time_point now_;
};

liveblocks::clerk::RequestState judge(Question question, KnownKeys& keys) {
  if (question.now) question.setup.options.clock = std::make_shared<FixedClock>(*question.now);
  const auto transport = std::make_shared<CannedTransport>(std::move(question.backend));
  liveblocks::http::RequestView request;
  request.method = question.method;
  request.url = question.url;
  request.headers.assign(question.headers.begin(), question.headers.end());
  return makeAuthenticator(question.setup, keys, transport).authenticate(request);
}

}  // namespace

json Inspector::answer(const std::string& line) {
  json id;
  try {
    const json object = json_lines::parseLine(line);
    id = json_lines::idOf(object);
    return answerOf(id, judge(readQuestion(object), keys_));
  } catch (const std::logic_error& problem) {
    return answerOf(id, problem.what());
  }
}

}  // namespace inspect_request
