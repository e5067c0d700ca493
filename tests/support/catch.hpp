/// Catch2 2.13 and 3 under one name. CMake sets the major version.
#pragma once

#if LIVEBLOCKS_CATCH_MAJOR >= 3
#include <catch2/catch_approx.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/matchers/catch_matchers_all.hpp>

namespace liveblocks_tests {
using Catch::Matchers::ContainsSubstring;
}
#else
#include <catch2/catch.hpp>

namespace liveblocks_tests {
inline auto ContainsSubstring(const std::string& text) { return Catch::Matchers::Contains(text); }
}  // namespace liveblocks_tests
#endif

using liveblocks_tests::ContainsSubstring;
