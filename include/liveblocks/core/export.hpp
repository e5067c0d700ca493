/// @file
/// Symbol visibility. On Windows the shared build exports every symbol through CMake instead.
#pragma once

/// Exports a symbol from the shared library.
#if defined(_WIN32)
#define LIVEBLOCKS_EXPORT
#else
#define LIVEBLOCKS_EXPORT __attribute__((visibility("default")))
#endif
