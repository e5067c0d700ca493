/// @file
/// Symbol visibility. On Windows the shared build exports every symbol through CMake instead.
#pragma once

/// Marks what a shared library lets out.
#if defined(_WIN32)
#define LIVEBLOCKS_EXPORT
#else
#define LIVEBLOCKS_EXPORT __attribute__((visibility("default")))
#endif
