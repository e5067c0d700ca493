#include <algorithm>
#include <stdexcept>

#include <liveblocks/ably/capability.hpp>
#include <liveblocks/ably/client_id.hpp>
#include <liveblocks/core/secret.hpp>

#include <nlohmann/json.hpp>

#include "ably/signing.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

namespace ably = liveblocks::ably;

namespace {

void checkCapability(std::string_view text) {
  const auto exact = ably::Capability::parse(text);
  const auto any = ably::Capability::parse(text, ably::UnknownOperations::accept);
  fuzzing::require(!exact || any);
  if (!any) {
    fuzzing::require(any.error().message.size() < 512);
    return;
  }
  fuzzing::require(!exact || exact->text() == any->text());
  fuzzing::require(!any->isEverything() && any->text().size() <= ably::Capability::maxBytes);
  const auto again = ably::Capability::parse(any->text(), ably::UnknownOperations::accept);
  fuzzing::require(again && again->text() == any->text());
  const auto given = nlohmann::json::parse(text);
  const auto tree = nlohmann::json::parse(any->text());
  fuzzing::require(tree.size() == given.size());
  for (const auto& [resource, operations] : tree.items()) {
    for (const auto& operation : operations) {
      const auto& source = given.at(resource);
      fuzzing::require(std::find(source.begin(), source.end(), operation) != source.end());
    }
  }
}

void checkNames(std::string_view text) {
  if (const auto client = ably::ClientId::named(text)) fuzzing::require(client->text() == text && text != "*");
  const auto channel = ably::channelName("room", text);
  if (channel) fuzzing::require(*channel == "room:" + std::string(text) && text.find_first_of("*:") == text.npos);
}

constexpr std::string_view secret = "n8XkQ9vZ1mB6xL4pT8sWcR2nDjYh";

void checkKey(std::string_view text) {
  try {
    const ably::detail::ApiKey key{liveblocks::Secret(text)};
    fuzzing::require(text.find(key.name() + ":" + std::string(key.secret())) != std::string_view::npos);
    fuzzing::require(!key.secret().empty() && key.name().find('.') != std::string::npos);
  } catch (const std::invalid_argument& error) {
    const std::string_view problem = error.what();
    fuzzing::require(problem.size() < 512 && problem.find(secret) == std::string_view::npos);
  }
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {R"({"chat:*":["publish","subscribe"],"a":["*"],"2":["history"],"10":["presence"]})",
          R"({"[queue]x":["\u0073tats"],"\u00e9":["subscribe","subscribe","new-operation"]})",
          R"({"*":["subscribe"]})",
          "appId.keyId:c2VjcmV0LW9mLWEta2V5",
          "'a.b:c'",
          "room-1"};
}

/// A capability that is read grants nothing that the text does not name, and has one form. Names are as they were
/// given.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzzing::view(data, size);
  checkCapability(text);
  checkNames(text);
  checkKey(text);
  checkKey(std::string(text).append(secret));
  return 0;
}
