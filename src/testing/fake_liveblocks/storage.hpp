/// The Storage documents that the fake stores, in the form `plain-lson`.
#pragma once

#include <string_view>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// The document of a room without one: a `LiveObject` without members.
nlohmann::ordered_json emptyStorage();

/// Responds with the document in the form that the query asks for.
http::Response getStorage(const nlohmann::ordered_json& storage, std::string_view query);

/// Sets the document to one that has been checked, unless there is one: 409, `CANNOT_UPDATE_EXISTING_STORAGE`.
http::Response initializeStorage(nlohmann::ordered_json& storage, const nlohmann::ordered_json& document);

/// Applies all operations of a JSON Patch whose form has been checked, or none: 422,
/// `INVALID_STORAGE_MUTATION_REQUEST`.
http::Response patchStorage(nlohmann::ordered_json& storage, const nlohmann::ordered_json& operations);

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
