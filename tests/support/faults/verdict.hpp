/// What comes of a credential or a call, for tests in which something fails.
#pragma once

#include <functional>
#include <new>
#include <stdexcept>

namespace liveblocks_tests {

/// What a job comes to. It may also throw what the library documents for such failures, which is `failed`.
enum class Verdict {
  accepted,  ///< The credential is accepted, or there is a response.
  refused,   ///< The credential is said to be wrong.
  failed,    ///< Nobody can tell at the moment.
};

using Job = std::function<Verdict()>;

inline Verdict verdictOf(const Job& job) {
  try {
    return job();
  } catch (const std::bad_alloc&) {
    return Verdict::failed;
  } catch (const std::runtime_error&) {
    return Verdict::failed;
  } catch (const std::invalid_argument&) {
    return Verdict::failed;
  }
}

}  // namespace liveblocks_tests
