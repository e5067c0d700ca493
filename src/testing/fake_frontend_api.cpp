#include <liveblocks/testing/fake_frontend_api.hpp>

#include <mutex>
#include <stdexcept>
#include <utility>

#include "core/ascii.hpp"
#include "testing/admission.hpp"
#include "testing/asked.hpp"
#include "testing/fake_clerk/answers.hpp"
#include "testing/fake_frontend_api/api.hpp"
#include "testing/options_check.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

using namespace fake_frontend_api;

namespace {

std::shared_ptr<FakeClerk> checked(std::shared_ptr<FakeClerk> clerk) {
  if (!clerk) throw std::invalid_argument("a Frontend API needs a fake Clerk, and there is none");
  return clerk;
}

FakeFrontendApiOptions checked(FakeFrontendApiOptions options) {
  checkOptions(options);
  if (!options.clock) options.clock = std::make_shared<const Clock>();
  return options;
}

/// Pages on another port of the same host may read the answers, too.
void allowPage(const http::RequestView& request, http::Response& response) {
  const auto origin = http::findHeader(request, "Origin");
  if (!origin) return;
  response.headers.push_back({"Access-Control-Allow-Origin", std::string(*origin)});
  response.headers.push_back({"Access-Control-Allow-Credentials", "true"});
  response.headers.push_back({"Vary", "Origin"});
}

}  // namespace

struct FakeFrontendApi::State {
  State(std::shared_ptr<FakeClerk> clerk, const FakeFrontendApiOptions& options)
      : path(options.path), pageOrigin(options.pageOrigin), api(std::move(clerk), options) {}

  http::Response answer(const http::RequestView& received) {
    if (auto refusal = refuseStranger(received, pageOrigin)) return *std::move(refusal);
    auto request = readRequest(received, path);
    if (auto* const refusal = std::get_if<http::Response>(&request)) return std::move(*refusal);
    const std::lock_guard lock(mutex);
    http::Response response = api.answer(std::get<Request>(std::move(request)));
    allowPage(received, response);
    return response;
  }

  const std::string path;
  const std::string pageOrigin;
  std::mutex mutex;
  /// Guarded by the mutex.
  Api api;
};

FakeFrontendApi::FakeFrontendApi(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options)
    : state_(std::make_unique<State>(checked(std::move(clerk)), checked(std::move(options)))) {}

FakeFrontendApi::~FakeFrontendApi() = default;

bool FakeFrontendApi::serves(std::string_view url) const noexcept {
  const std::string_view path = targetOf(url).path;
  const std::string& own = state_->path;
  return ascii::startsWith(path, own) && (path.size() == own.size() || path[own.size()] == '/');
}

http::Response FakeFrontendApi::handle(const http::RequestView& request) {
  http::Response response;
  try {
    response = serves(request.url) ? state_->answer(request) : notFound();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    response = refused(500, "internal_clerk_error", "The fake could not answer.");
  }
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

std::string FakeFrontendApi::createTicket(std::string_view userId) {
  const std::lock_guard lock(state_->mutex);
  return state_->api.createTicket(userId);
}

void FakeFrontendApi::endSessions(std::string_view userId) {
  const std::lock_guard lock(state_->mutex);
  state_->api.endSessions(userId);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
