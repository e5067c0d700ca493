#include "testing/transport_check/probe.hpp"

#include <exception>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

std::string nameOf(Errc code) { return make_error_code(code).message(); }

}  // namespace

http::Call within(std::chrono::milliseconds time) { return http::Call{std::chrono::steady_clock::now() + time}; }

http::Request get(std::string url) { return {"GET", std::move(url), {}, {}}; }

http::Request post(std::string url, std::string body) { return {"POST", std::move(url), {}, std::move(body)}; }

std::string summary(const Outcome& outcome) {
  if (!outcome) return "the error \"" + nameOf(outcome.error().code) + '"';
  return "status " + std::to_string(outcome->status) + " with " + std::to_string(outcome->body.size()) + " bytes";
}

Outcome Probe::send(const http::Request& request, const http::Call& call) {
  try {
    return transport_.send(request, call);
  } catch (const std::exception& exception) {
    expect(false, std::string("send() threw an exception: ") + exception.what());
  } catch (...) {
    expect(false, "send() threw something that is no std::exception");
  }
  return Error{Errc::internal, {}};
}

void Probe::expect(bool condition, const std::string& what) {
  if (!condition) findings_.push_back({std::string(rule_), what});
}

void Probe::expectAnswer(const Outcome& outcome, int status, std::string_view body, const std::string& what) {
  const bool isRight = outcome && outcome->status == status && outcome->body == body;
  expect(isRight, what + ": expected status " + std::to_string(status) + " with " + std::to_string(body.size()) +
                      " bytes, got " + summary(outcome));
}

void Probe::expectError(const Outcome& outcome, Errc code, const std::string& what) {
  const bool isRight = !outcome && outcome.error().code == code;
  expect(isRight, what + ": expected the error \"" + nameOf(code) + "\", got " + summary(outcome));
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
