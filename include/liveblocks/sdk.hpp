/// @file
/// Everything public but the adapters, the curl transport's options and `liveblocks::testing`.
#pragma once

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/auth_response.hpp>
#include <liveblocks/clerk/key_source.hpp>
#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/session_token.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/clock.hpp>
#include <liveblocks/error.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/json.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/log.hpp>
#include <liveblocks/permissions.hpp>
#include <liveblocks/result.hpp>
#include <liveblocks/secret.hpp>
#include <liveblocks/session.hpp>
#include <liveblocks/version.hpp>
