/// @file
/// A request that a server has received: borrowed, or owned.
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

namespace detail {

/// Borrows a C string, or a string of any class that has `data()` and `size()`.
struct StringRef {
  StringRef() = default;
  /// A null pointer is an empty string.
  StringRef(const char* text) : view(text != nullptr ? std::string_view(text) : std::string_view()) {}
  template <class Text,
            class = decltype(std::string_view(std::declval<const Text&>().data(),
                                              static_cast<std::size_t>(std::declval<const Text&>().size())))>
  StringRef(const Text& text) : view(text.data(), static_cast<std::size_t>(text.size())) {}
  /// A view of a temporary string would dangle.
  StringRef(std::string&&) = delete;

  std::string_view view;
};

/// @{
/// Overloads that take a higher rank are preferred.
struct Rank0 {};
struct Rank1 : Rank0 {};
struct Rank2 : Rank1 {};
struct Rank3 : Rank2 {};
/// @}

// The shapes that header fields have: those of Boost.Beast, classes with accessors, structs, and pairs.
template <class Field>
auto nameOf(const Field& field, Rank3) -> decltype(StringRef(field.name_string())) {
  return field.name_string();
}
template <class Field>
auto nameOf(const Field& field, Rank2) -> decltype(StringRef(field.name())) {
  return field.name();
}
template <class Field>
auto nameOf(const Field& field, Rank1) -> decltype(StringRef(field.name)) {
  return field.name;
}
template <class Field>
auto nameOf(const Field& field, Rank0) -> decltype(StringRef(field.first)) {
  return field.first;
}
template <class Field>
auto valueOf(const Field& field, Rank2) -> decltype(StringRef(field.value())) {
  return field.value();
}
template <class Field>
auto valueOf(const Field& field, Rank1) -> decltype(StringRef(field.value)) {
  return field.value;
}
template <class Field>
auto valueOf(const Field& field, Rank0) -> decltype(StringRef(field.second)) {
  return field.second;
}

}  // namespace detail

/// A received request, borrowed: everything it points to must outlive the call it is passed to.
struct RequestView {
  /// As received.
  std::string_view method;
  /// Absolute, or the path with its query.
  std::string_view url;
  /// Names and values in the order of arrival, repeated fields included.
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  /// The whole body.
  std::string_view body = {};

  /// The view of a request of a web framework.
  ///
  /// `fields` is a range of header fields in any of these shapes: pairs (`std::multimap`, `std::unordered_map`,
  /// `std::vector<std::pair<std::string, std::string>>`), `name_string()` and `value()` (Boost.Beast), `name()` and
  /// `value()`, or members `name` and `value`. Strings are of any class with `data()` and `size()`. Nothing is copied:
  /// keep a composed `url` (`path + "?" + query`) in a variable. For other shapes, such as a map of lists, fill a
  /// `ReceivedRequest`.
  template <class Fields>
  static RequestView from(detail::StringRef method, detail::StringRef url, const Fields& fields,
                          detail::StringRef body = {}) {
    using Field = decltype(*std::begin(fields));
    static_assert(std::is_lvalue_reference_v<Field> || std::is_trivially_destructible_v<Field>,
                  "the range must refer to its header fields: a view of copies would dangle");
    RequestView view{method.view, url.view, {}, body.view};
    for (const auto& field : fields) {
      view.headers.emplace_back(detail::nameOf(field, detail::Rank3()).view,
                                detail::valueOf(field, detail::Rank2()).view);
    }
    return view;
  }
  /// A view of temporary header fields would dangle.
  template <class Fields>
  static RequestView from(detail::StringRef method, detail::StringRef url, const Fields&& fields,
                          detail::StringRef body = {}) = delete;
};

/// A received request that owns its strings, for work that outlives the framework's own request.
///
/// Converts to `RequestView`, so that it can be passed wherever a request is taken.
struct ReceivedRequest {
  /// As received.
  std::string method;
  /// Absolute, or the path with its query.
  std::string url;
  /// Names and values in the order of arrival, repeated fields included.
  std::vector<std::pair<std::string, std::string>> headers;
  /// The whole body.
  std::string body = {};

  /// Copies everything that the view points to.
  LIVEBLOCKS_EXPORT static ReceivedRequest copyOf(const RequestView& request);

  /// @{
  /// Borrows this object, which must outlive the view.
  RequestView view() const& { return RequestView::from(method, url, headers, body); }
  RequestView view() const&& = delete;
  operator RequestView() const& { return view(); }
  operator RequestView() const&& = delete;
  /// @}
};

/// The value of the first header of that name, compared without case (RFC 9110 section 5.1); nullopt when there is
/// none.
LIVEBLOCKS_EXPORT std::optional<std::string_view> findHeader(const RequestView& request,
                                                             std::string_view name) noexcept;

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
