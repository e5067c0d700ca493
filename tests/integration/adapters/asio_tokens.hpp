/// The completion tokens that the tests use.
#pragma once

#include <liveblocks/adapters/asio_library.hpp>

#ifdef ASIO_STANDALONE
#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/use_future.hpp>
#else
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/use_future.hpp>
#if LIVEBLOCKS_ASIO_VERSION >= 101900
#include <boost/asio/bind_cancellation_slot.hpp>
#endif
#endif
