#include "testing/fake_peer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "ascii.hpp"
#include "testing/asked.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

Result<http::Response> delivered(Result<http::Response> answer, const http::Call& call) {
  if (std::chrono::steady_clock::now() >= call.deadline) return Error{Errc::timeout, "the deadline has passed"};
  if (call.cancelled && call.cancelled()) return Error{Errc::cancelled, "the call was cancelled"};
  if (answer && answer->body.size() > call.maxBody) return Error{Errc::tooLarge, "the answer is too large"};
  return answer;
}

}  // namespace

void FakePeer::failNext(std::string pathPrefix, Result<http::Response> answer, std::size_t times) {
  if (times == 0) return;
  const auto guard = lock();
  faults_.push_back({std::move(pathPrefix), std::move(answer), times});
}

void FakePeer::clearFaults() {
  const auto guard = lock();
  faults_.clear();
}

std::vector<http::Request> FakePeer::requests() const {
  const auto guard = lock();
  return requests_;
}

std::size_t FakePeer::requestCount() const {
  const auto guard = lock();
  return requests_.size();
}

Result<http::Response> FakePeer::send(const http::Request& request, const http::Call& call,
                                      const std::function<http::Response()>& answer) {
  try {
    auto guard = lock();
    requests_.push_back(request);
    auto fault = takeFault(targetOf(request.url).path);
    Result<http::Response> given = fault ? *std::move(fault) : answer();
    guard.unlock();
    return delivered(std::move(given), call);
  } catch (...) {
    return Error{Errc::internal, "the fake could not answer"};
  }
}

std::optional<Result<http::Response>> FakePeer::takeFault(std::string_view path) {
  const auto found = std::find_if(faults_.begin(), faults_.end(),
                                  [&](const Fault& fault) { return ascii::startsWith(path, fault.pathPrefix); });
  if (found == faults_.end()) return std::nullopt;
  Result<http::Response> answer = found->answer;
  if (--found->times == 0) faults_.erase(found);
  return answer;
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
