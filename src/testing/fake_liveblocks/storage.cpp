#include "testing/fake_liveblocks/storage.hpp"

#include <charconv>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "testing/fake_liveblocks/bodies.hpp"
#include "testing/fake_server.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {
namespace {

using nlohmann::ordered_json;

/// Why an operation fails.
struct OperationError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The name of the type of a node; empty for a plain value.
std::string typeOf(const ordered_json& value) {
  if (!value.is_object() || !value.contains("liveblocksType") || !value["liveblocksType"].is_string()) return {};
  return value["liveblocksType"];
}

bool isMap(const ordered_json& node) { return typeOf(node) == "LiveObject" || typeOf(node) == "LiveMap"; }
bool isList(const ordered_json& node) { return typeOf(node) == "LiveList"; }

// NOLINTBEGIN(misc-no-recursion): as deep as a document, whose levels are limited.

/// The form `json` of a node.
ordered_json withoutTypes(const ordered_json& node) {
  if (!isMap(node) && !isList(node)) return node;
  ordered_json plain = isList(node) ? ordered_json::array() : ordered_json::object();
  for (const auto& [key, value] : node["data"].items()) {
    if (isList(node)) {
      plain.push_back(withoutTypes(value));
    } else {
      plain[key] = withoutTypes(value);
    }
  }
  return plain;
}

/// The node in its own form, if it is one: with the members that its type needs, down to the leaves.
void checkNode(const ordered_json& node) {
  if (!isMap(node) && !isList(node)) return;
  const auto data = node.find("data");
  const bool isWhole = data != node.end() && (isList(node) ? data->is_array() : data->is_object());
  if (!isWhole) throw OperationError("A " + typeOf(node) + " has no data of its type.");
  for (const ordered_json& child : *data) checkNode(child);
}

/// The node that a value becomes when it is added.
ordered_json withTypes(const ordered_json& value) {
  checkNode(value);
  if (!value.is_structured() || !typeOf(value).empty()) return value;
  ordered_json data = value.is_array() ? ordered_json::array() : ordered_json::object();
  for (const auto& [key, item] : value.items()) {
    if (value.is_array()) {
      data.push_back(withTypes(item));
    } else {
      data[key] = withTypes(item);
    }
  }
  return {{"liveblocksType", value.is_array() ? "LiveList" : "LiveObject"}, {"data", data}};
}

// NOLINTEND(misc-no-recursion)

/// Splits a JSON Pointer (RFC 6901).
std::vector<std::string> keysOf(std::string_view pointer) {
  if (!pointer.empty() && pointer.front() != '/')
    throw OperationError("Invalid JSON pointer: path must start with \"/\".");
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      keys.emplace_back();
    } else if (pointer[i] == '~') {
      const char escaped = i + 1 < pointer.size() ? pointer[++i] : '\0';
      if (escaped != '0' && escaped != '1') throw OperationError("Invalid JSON pointer: bad escape.");
      keys.back() += escaped == '0' ? '~' : '/';
    } else {
      keys.back() += pointer[i];
    }
  }
  return keys;
}

/// The index in a list, less than `end`.
std::size_t indexOf(const std::string& key, std::size_t end) {
  std::size_t index = 0;
  const auto [last, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  const bool isNumber = error == std::errc() && last == key.data() + key.size() && (key == "0" || key.front() != '0');
  if (!isNumber || index >= end) throw OperationError("Index out of bounds: \"" + key + "\".");
  return index;
}

/// A place in the document.
struct Place {
  /// The `data` of the node that contains it.
  ordered_json& parent;
  const std::string& key;

  ordered_json& existing() const {
    if (parent.is_array()) return parent[indexOf(key, parent.size())];
    if (!parent.contains(key)) throw OperationError("There is no value at \"" + key + "\".");
    return parent[key];
  }
};

Place placeIn(ordered_json& root, const std::vector<std::string>& keys) {
  if (keys.empty()) throw OperationError("The root of the document cannot be changed.");
  ordered_json* node = &root;
  for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
    node = &Place{(*node)["data"], keys[i]}.existing();
    if (!isMap(*node) && !isList(*node)) throw OperationError("A parent is no LiveObject, LiveList or LiveMap.");
  }
  return {(*node)["data"], keys.back()};
}

void add(const Place& place, ordered_json value) {
  if (!place.parent.is_array()) {
    place.parent[place.key] = std::move(value);
  } else if (place.key == "-") {
    place.parent.push_back(std::move(value));
  } else {
    const std::size_t index = indexOf(place.key, place.parent.size() + 1);
    place.parent.insert(place.parent.begin() + static_cast<std::ptrdiff_t>(index), std::move(value));
  }
}

ordered_json take(const Place& place) {
  ordered_json value = place.existing();
  if (place.parent.is_array()) {
    place.parent.erase(indexOf(place.key, place.parent.size()));
  } else {
    place.parent.erase(place.key);
  }
  return value;
}

const ordered_json& memberOf(const ordered_json& operation, const char* name) {
  const auto member = operation.find(name);
  if (member == operation.end()) throw OperationError("Missing key: '" + std::string(name) + "'.");
  return *member;
}

void apply(ordered_json& root, const ordered_json& operation) {
  const std::string op = operation["op"];
  const std::vector<std::string> keys = keysOf(operation["path"].get_ref<const std::string&>());
  if (op == "move" || op == "copy") {
    const std::vector<std::string> from = keysOf(memberOf(operation, "from").get_ref<const std::string&>());
    const Place source = placeIn(root, from);
    ordered_json value = op == "move" ? take(source) : source.existing();
    return add(placeIn(root, keys), std::move(value));
  }
  if (op == "test") {
    const ordered_json value = withoutTypes(keys.empty() ? root : placeIn(root, keys).existing());
    // Members have no order there.
    if (nlohmann::json(value) == nlohmann::json(memberOf(operation, "value"))) return;
    throw OperationError("Test failed: value at path \"" + operation["path"].get<std::string>() + "\" does not match.");
  }
  const Place place = placeIn(root, keys);
  if (op == "add") return add(place, withTypes(memberOf(operation, "value")));
  if (op == "replace") {
    place.existing() = withTypes(memberOf(operation, "value"));
  } else if (op == "remove") {
    take(place);
  } else {
    throw OperationError("Unknown operation.");
  }
}

}  // namespace

ordered_json emptyStorage() { return {{"liveblocksType", "LiveObject"}, {"data", ordered_json::object()}}; }

http::Response getStorage(const ordered_json& storage, std::string_view query) {
  return found(queryParameter(query, "format") == "json" ? withoutTypes(storage) : storage);
}

http::Response initializeStorage(ordered_json& storage, const ordered_json& document) {
  try {
    checkNode(document);
  } catch (const OperationError& error) {
    return unprocessable(error.what());
  }
  if (!storage["data"].empty()) {
    return refused(409, "CANNOT_UPDATE_EXISTING_STORAGE",
                   "The room already has a document. Only an empty room can be given one.");
  }
  storage["data"] = document["data"];
  return found(storage);
}

http::Response patchStorage(ordered_json& storage, const ordered_json& operations) {
  ordered_json changed = storage;
  try {
    for (const ordered_json& operation : operations) apply(changed, operation);
  } catch (const OperationError& error) {
    return refused(422, "INVALID_STORAGE_MUTATION_REQUEST", error.what());
  }
  storage = std::move(changed);
  return found(ordered_json::object());
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
