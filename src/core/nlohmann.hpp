/// nlohmann/json as a part of this library, `liveblocks::nlohmann`; the only file that includes it.
///
/// A program may use nlohmann/json itself, in another version or with other settings. Were both in one namespace, the
/// linker would take each function from either: from a program without exceptions those that abort where ours throw.
#pragma once

#include <liveblocks/core/version.hpp>

#if defined(INCLUDE_NLOHMANN_JSON_HPP_) || defined(INCLUDE_NLOHMANN_JSON_FWD_HPP_)
#error "nlohmann/json must not be included before, nor by a compiler option: it would not be in our namespace."
#endif

// Parents of the build set these for their own use of nlohmann/json.
#undef JSON_ASSERT
#undef JSON_BRACE_INIT_COPY_SEMANTICS
#undef JSON_CATCH_USER
#undef JSON_DIAGNOSTICS
#undef JSON_DIAGNOSTIC_POSITIONS
#undef JSON_DISABLE_ENUM_SERIALIZATION
#undef JSON_HAS_CPP_11
#undef JSON_HAS_CPP_14
#undef JSON_HAS_CPP_17
#undef JSON_HAS_CPP_20
#undef JSON_HAS_CPP_23
#undef JSON_HAS_CPP_26
#undef JSON_HAS_EXPERIMENTAL_FILESYSTEM
#undef JSON_HAS_FILESYSTEM
#undef JSON_HAS_RANGES
#undef JSON_HAS_STATIC_RTTI
#undef JSON_HAS_THREE_WAY_COMPARISON
#undef JSON_INTERNAL_CATCH_USER
#undef JSON_NOEXCEPTION
#undef JSON_NO_IO
#undef JSON_SKIP_LIBRARY_VERSION_CHECK
#undef JSON_SKIP_UNSUPPORTED_COMPILER_CHECK
#undef JSON_TESTS_PRIVATE
#undef JSON_TEST_KEEP_MACROS
#undef JSON_THROW_USER
#undef JSON_TRY_USER
#undef JSON_USE_GLOBAL_UDLS
#undef JSON_USE_IMPLICIT_CONVERSIONS
#undef JSON_USE_LEGACY_DISCARDED_VALUE_COMPARISON
#undef NLOHMANN_JSON_NAMESPACE
#undef NLOHMANN_JSON_NAMESPACE_BEGIN
#undef NLOHMANN_JSON_NAMESPACE_END
#undef NLOHMANN_JSON_NAMESPACE_NO_VERSION
#define JSON_USE_GLOBAL_UDLS 0

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace nlohmann {}
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks

// Its headers open `namespace nlohmann` and name `::nlohmann::`; older ones know no setting for the namespace.
#define nlohmann liveblocks::LIVEBLOCKS_ABI::nlohmann
#include <nlohmann/json.hpp>
#undef nlohmann
