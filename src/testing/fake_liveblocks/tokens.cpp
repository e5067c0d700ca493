#include "testing/fake_liveblocks/tokens.hpp"

#include "core/nlohmann.hpp"
#include "testing/random_text.hpp"
#include "testing/rsa_signer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;
using std::chrono::seconds;
using std::chrono::system_clock;

namespace {

constexpr seconds lifetime = std::chrono::hours(1);
constexpr std::size_t idLength = 12;
constexpr const char* header = R"({"alg":"none","typ":"JWT"})";

ordered_json beginning(const char* kind, const ordered_json& body) {
  return {{"k", kind}, {"pid", "localdev"}, {"uid", body["userId"]}};
}

void copyIfThere(ordered_json& claims, const char* claim, const ordered_json& body, const char* name) {
  if (body.contains(name)) claims[claim] = body[name];
}

std::string finished(ordered_json claims, system_clock::time_point now) {
  const auto issuedAt = std::chrono::floor<seconds>(now.time_since_epoch());
  claims["iat"] = issuedAt.count();
  claims["exp"] = (issuedAt + lifetime).count();
  claims["jti"] = randomText().substr(0, idLength);
  return encodeBase64Url(header) + '.' + encodeBase64Url(claims.dump()) + '.';
}

}  // namespace

std::string accessToken(const ordered_json& body, system_clock::time_point now) {
  ordered_json claims = beginning("acc", body);
  claims["perms"] = body["permissions"];
  copyIfThere(claims, "ui", body, "userInfo");
  return finished(std::move(claims), now);
}

std::string idToken(const ordered_json& body, system_clock::time_point now) {
  ordered_json claims = beginning("id", body);
  copyIfThere(claims, "ui", body, "userInfo");
  copyIfThere(claims, "gids", body, "groupIds");
  return finished(std::move(claims), now);
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
