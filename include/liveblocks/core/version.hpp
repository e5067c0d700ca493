/// @file
/// The version of the library, in one place: the build reads it from here.
#pragma once

/// @{
/// One part of the version, as a number.
#define LIVEBLOCKS_VERSION_MAJOR 0
#define LIVEBLOCKS_VERSION_MINOR 1
#define LIVEBLOCKS_VERSION_PATCH 0
/// @}

/// "major.minor.patch", also sent in the `User-Agent` header of every request.
#define LIVEBLOCKS_VERSION "0.1.0"

/// Inline namespace of everything public. It changes with each release that breaks the ABI.
#define LIVEBLOCKS_ABI v0_1
