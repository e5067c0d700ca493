/// The error queue of OpenSSL as a host may have it.
#pragma once

#include <openssl/err.h>

namespace liveblocks_tests {

/// An entry of the host in the error queue of OpenSSL, which must be the only one afterwards.
class ForeignError {
 public:
  ForeignError() {
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, reason);
  }

  static bool isAlone() {
    const bool isFirst = ERR_GET_REASON(ERR_get_error()) == reason;
    return isFirst && ERR_get_error() == 0;
  }

 private:
  static constexpr int reason = 42;
};

}  // namespace liveblocks_tests
