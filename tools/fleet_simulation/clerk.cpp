#include "clerk.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <liveblocks/testing/fake_clerk.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <nlohmann/json.hpp>

namespace fleet {

using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::Result;
using liveblocks::http::Call;
using liveblocks::http::Request;
using liveblocks::http::Response;
using liveblocks::testing::jsonResponse;

namespace {

constexpr milliseconds minLatency{20};
constexpr milliseconds moreLatency{100};
constexpr std::string_view usersPath = "/v1/users/";
constexpr std::string_view placeholder = "user_placeholder";

/// What Clerk says about a user with that id.
std::string describeUser() {
  using namespace liveblocks::testing;
  FakeClerk fake;
  FakeUser user;
  user.id = placeholder;
  fake.addUser(user);
  const Request request{"GET",
                        "https://api.clerk.com" + std::string(usersPath) + user.id,
                        {{"Authorization", "Bearer " + std::string(fake.secretKey().reveal())}},
                        {}};
  const Result<Response> response = fake.send(request, {std::chrono::steady_clock::now() + seconds(60)});
  if (!response || response->status != 200) throw std::runtime_error("the fake has no user");
  return response->body;
}

}  // namespace

void Traffic::count(nanoseconds time) {
  const auto second = static_cast<std::size_t>(time / seconds(1));
  if (seconds_.size() <= second) seconds_.resize(second + 1);
  ++seconds_[second];
}

std::uint64_t Traffic::total(std::size_t from, std::size_t to) const {
  from = std::min(from, seconds_.size());
  to = std::clamp(to, from, seconds_.size());
  return std::accumulate(seconds_.begin() + static_cast<std::ptrdiff_t>(from),
                         seconds_.begin() + static_cast<std::ptrdiff_t>(to), std::uint64_t{0});
}

std::uint64_t Traffic::peak(std::size_t from, std::size_t to, std::size_t width) const {
  std::uint64_t most = 0;
  for (std::size_t at = from; at < to; ++at) most = std::max(most, total(at, std::min(at + width, to)));
  return most;
}

Clerk::Clerk(std::shared_ptr<Timeline> timeline, Random::result_type seed)
    : timeline_(std::move(timeline)), random_(seed), user_(describeUser()) {}

void Clerk::publish(const std::vector<const liveblocks::testing::ClerkIssuer*>& keys) {
  nlohmann::json all = {{"keys", nlohmann::json::array()}};
  for (const auto* key : keys) all["keys"].push_back(nlohmann::json::parse(key->jwks())["keys"][0]);
  jwks_ = all.dump();
}

Result<Response> Clerk::send(const Request& request, const Call&) {
  const std::size_t users = request.url.find(usersPath);
  if (users == std::string::npos) return Error{Errc::internal, "only users may be read by calls that block"};
  userRequests_.count(timeline_->elapsed());
  return respondWithUser(request.url.substr(users + usersPath.size()));
}

bool Clerk::start(Request& request, const Call& call, Completion& done) {
  keyRequests_.count(timeline_->elapsed());
  Deadline when = timeline_->now() + minLatency + upTo(moreLatency, random_);
  Result<Response> outcome = jsonResponse(health_ == Health::well ? 200 : 503, health_ == Health::well ? jwks_ : "{}");
  if (health_ == Health::silent || when >= call.deadline) {
    when = call.deadline;
    outcome = Error{Errc::timeout, "Clerk did not respond"};
  }
  timeline_->runAt(when,
                   [done = std::move(done), outcome = std::move(outcome)]() mutable { done(std::move(outcome)); });
  request = {};
  return true;
}

Response Clerk::respondWithUser(const std::string& id) {
  const std::int64_t window = timeline_->elapsed() / userWindow;
  if (window != std::exchange(window_, window)) usedOfWindow_ = 0;
  if (usedOfWindow_ == userLimit) return respondWithLimit();
  ++usedOfWindow_;
  std::string body = user_;
  const std::size_t at = body.find(placeholder);
  if (at == std::string::npos) throw std::logic_error("a user without an id");
  return jsonResponse(200, body.replace(at, placeholder.size(), id));
}

Response Clerk::respondWithLimit() {
  const nanoseconds rest = (window_ + 1) * nanoseconds(userWindow) - timeline_->elapsed();
  Response response = jsonResponse(429, R"({"errors":[{"code":"rate_limit_exceeded"}]})");
  response.headers.push_back({"Retry-After", std::to_string(std::chrono::ceil<seconds>(rest).count())});
  return response;
}

}  // namespace fleet
