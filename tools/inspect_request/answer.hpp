// Lines of output.
#pragma once

#include <string>

#include <liveblocks/clerk/request_state.hpp>
#include <nlohmann/json.hpp>

namespace inspect_request {

/// What became of a request.
nlohmann::json answerOf(const nlohmann::json& id, const liveblocks::clerk::RequestState& state);

/// For lines that could not be judged.
nlohmann::json answerOf(const nlohmann::json& id, const std::string& problem);

}  // namespace inspect_request
