/// What the functions are defined with that stand before those of a C library: `ld --wrap=f` calls `__wrap_f()` for
/// `f()`, and `f()` for `__real_f()`.
#pragma once

#include <array>

#include "faults.hpp"

namespace liveblocks_tests {

/// The results by which a function fails.
template <class Outcome, class... Values>
constexpr std::array<Outcome, sizeof...(Values)> waysOf(Values... values) {
  return {{static_cast<Outcome>(values)...}};
}

}  // namespace liveblocks_tests

// NOLINTBEGIN(bugprone-macro-parentheses,bugprone-reserved-identifier): types, lists and names of the linker.

/// Declares the two. A definition with other parameters than those of the real function does not link.
#define LIVEBLOCKS_TESTS_DECLARE(name)     \
  extern "C" decltype(name) __real_##name; \
  extern "C" decltype(name) __wrap_##name

/// The ways a function fails: an array of results, and the function among those that can fail.
#define LIVEBLOCKS_TESTS_WAYS(result, name, ...)                                 \
  constexpr auto ways_of_##name = liveblocks_tests::waysOf<result>(__VA_ARGS__); \
  liveblocks_tests::FaultyFunction faulty_##name(#name, static_cast<int>(ways_of_##name.size()))

/// A function that fails with one of those results.
#define LIVEBLOCKS_TESTS_FAULTY(result, name, parameters, arguments, ...) \
  LIVEBLOCKS_TESTS_DECLARE(name);                                         \
  LIVEBLOCKS_TESTS_WAYS(result, name, __VA_ARGS__);                       \
  result __wrap_##name parameters {                                       \
    if (!faulty_##name.mustFail()) return __real_##name arguments;        \
    liveblocks_tests::fail();                                             \
    return ways_of_##name[liveblocks_tests::FaultyFunction::way()];       \
  }

/// One that gives a handle, or null.
#define LIVEBLOCKS_TESTS_GIVES(result, name, parameters, arguments) \
  LIVEBLOCKS_TESTS_DECLARE(name);                                   \
  LIVEBLOCKS_TESTS_WAYS(result, name, nullptr);                     \
  result __wrap_##name parameters {                                 \
    if (faulty_##name.mustFail()) {                                 \
      liveblocks_tests::fail();                                     \
      return nullptr;                                               \
    }                                                               \
    result const given = __real_##name arguments;                   \
    liveblocks_tests::countHandle(given, 1);                        \
    return given;                                                   \
  }

/// One that gives a handle in one of its parameters, and returns `success`.
#define LIVEBLOCKS_TESTS_GIVES_IN(given, success, result, name, parameters, arguments, ...) \
  LIVEBLOCKS_TESTS_DECLARE(name);                                                           \
  LIVEBLOCKS_TESTS_WAYS(result, name, __VA_ARGS__);                                         \
  result __wrap_##name parameters {                                                         \
    if (faulty_##name.mustFail()) {                                                         \
      liveblocks_tests::fail();                                                             \
      return ways_of_##name[liveblocks_tests::FaultyFunction::way()];                       \
    }                                                                                       \
    const result outcome = __real_##name arguments;                                         \
    if (outcome == (success)) liveblocks_tests::countHandle(*(given), 1);                   \
    return outcome;                                                                         \
  }

/// One that takes a handle back.
#define LIVEBLOCKS_TESTS_TAKES(name, type)     \
  LIVEBLOCKS_TESTS_DECLARE(name);              \
  void __wrap_##name(type handle) {            \
    liveblocks_tests::countHandle(handle, -1); \
    __real_##name(handle);                     \
  }

// NOLINTEND(bugprone-macro-parentheses,bugprone-reserved-identifier)
