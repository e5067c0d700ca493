/// @file
/// Which Asio the adapter uses: that of Boost, or the standalone one if there is no Boost or `ASIO_STANDALONE` is
/// defined. Written for Asio 1.18 (Boost 1.74) or later.
#pragma once

// The coroutines of Boost 1.74 use std::exchange without its header.
#include <utility>

#include <liveblocks/core/version.hpp>

#if defined(ASIO_STANDALONE) || !__has_include(<boost/asio/io_context.hpp>)
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/dispatch.hpp>
#include <asio/execution.hpp>
#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <asio/prefer.hpp>
#include <asio/steady_timer.hpp>
#include <asio/strand.hpp>
#include <asio/version.hpp>
#if ASIO_VERSION >= 101900
#include <asio/associated_cancellation_slot.hpp>
#include <asio/cancellation_type.hpp>
#endif
/// @{
/// For the other headers of the adapter.
#define LIVEBLOCKS_ASIO asio
#define LIVEBLOCKS_ASIO_VERSION ASIO_VERSION
#define LIVEBLOCKS_ASIO_NAMESPACE over_standalone_asio
/// @}
#else
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/version.hpp>
#if BOOST_ASIO_VERSION >= 101900
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/cancellation_type.hpp>
#endif
/// @{
/// For the other headers of the adapter.
#define LIVEBLOCKS_ASIO boost::asio
#define LIVEBLOCKS_ASIO_VERSION BOOST_ASIO_VERSION
#define LIVEBLOCKS_ASIO_NAMESPACE over_boost_asio
/// @}
#endif

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {
/// Keeps the two apart, so that one program may use both, in different sources.
inline namespace LIVEBLOCKS_ASIO_NAMESPACE {
namespace net = ::LIVEBLOCKS_ASIO;
}  // namespace LIVEBLOCKS_ASIO_NAMESPACE
}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
