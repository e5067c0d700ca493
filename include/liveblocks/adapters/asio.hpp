/// @file
/// Everything for Asio: an event loop for transports, and asynchronous calls with completion tokens. Header-only; for
/// Boost 1.74 or later, or standalone Asio 1.18 or later. See docs/async.md.
#pragma once

#include <liveblocks/adapters/asio_call.hpp>
#include <liveblocks/adapters/asio_loop.hpp>
