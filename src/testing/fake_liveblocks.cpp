#include <liveblocks/testing/fake_liveblocks.hpp>

#include <optional>
#include <utility>
#include <variant>

#include "core/text.hpp"
#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_liveblocks/project.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

using fake_liveblocks::refused;

struct FakeLiveblocks::State {
  State(Secret key, std::shared_ptr<const Clock> given) : secretKey(std::move(key)), clock(std::move(given)) {
    if (!clock) clock = std::make_shared<const Clock>();
  }

  http::Response respond(const http::Request& request) {
    const Target target = targetOf(request.url);
    auto found = fake_liveblocks::findRoute(request.method, target.path);
    if (auto* refusal = std::get_if<http::Response>(&found)) return std::move(*refusal);
    if (auto refusal = checkKey(request)) return *std::move(refusal);
    const auto [endpoint, segment] = std::get<fake_liveblocks::Route>(found);
    auto roomId = percentDecode(segment);
    if (!roomId) return fake_liveblocks::badRequest();
    return project.respond({endpoint, *std::move(roomId), target.query, request.body, clock->wall()});
  }

  std::optional<http::Response> checkKey(const http::Request& request) const {
    const auto authorization = headerOf(request, "Authorization").value_or("");
    if (authorization.empty()) return refused(401, "MISSING_SECRET_KEY", "Missing secret key in authentication header");
    const auto key = bearerOf(request).value_or("");
    if (ascii::startsWith(key, "pk_")) return refused(401, "WRONG_KEY_USED", "A public key was used for a secret key");
    if (key != secretKey.reveal()) return refused(403, "INVALID_SECRET_KEY", "Invalid secret key");
    return std::nullopt;
  }

  const Secret secretKey;
  std::shared_ptr<const Clock> clock;

  FakeServer server;
  // Guarded by the server's lock.
  fake_liveblocks::Project project;
};

FakeLiveblocks::FakeLiveblocks(Secret secretKey, std::shared_ptr<const Clock> clock)
    : state_(std::make_unique<State>(std::move(secretKey), std::move(clock))) {}

FakeLiveblocks::~FakeLiveblocks() = default;

const Secret& FakeLiveblocks::secretKey() const noexcept { return state_->secretKey; }

void FakeLiveblocks::setActiveUsers(std::string_view roomId, std::vector<ActiveUser> users) {
  const auto lock = state_->server.lock();
  state_->project.setActiveUsers(roomId, std::move(users), state_->clock->wall());
}

std::vector<FakeBroadcast> FakeLiveblocks::broadcasts() const {
  const auto lock = state_->server.lock();
  return state_->project.broadcasts();
}

void FakeLiveblocks::failNext(std::string pathPrefix, Result<http::Response> response, std::size_t times) {
  state_->server.respondNext(std::move(pathPrefix), std::move(response), times);
}

void FakeLiveblocks::respondNext(std::string pathPrefix, http::Response response, std::size_t times) {
  state_->server.respondNext(std::move(pathPrefix), std::move(response), times);
}

void FakeLiveblocks::delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times) {
  state_->server.delayNext(std::move(pathPrefix), time, times);
}

void FakeLiveblocks::clearFaults() { state_->server.clear(); }

std::vector<http::Request> FakeLiveblocks::requests() const { return state_->server.requests(); }

std::size_t FakeLiveblocks::requestCount() const { return state_->server.requestCount(); }

Result<http::Response> FakeLiveblocks::send(const http::Request& request, const http::Call& call) {
  return state_->server.send(request, call, [&] { return state_->respond(request); });
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
