/// Matrices as short strings: `w`, `r` or `-` for room, storage, comments, public and private threads, feeds, personal.
#pragma once

#include <liveblocks/permission_matrix.hpp>

#include <string>

namespace liveblocks_tests {

inline std::string textOf(const liveblocks::PermissionMatrix& matrix) {
  std::string text;
  for (const liveblocks::Access access : {matrix.room, matrix.storage, matrix.comments, matrix.commentsPublic,
                                          matrix.commentsPrivate, matrix.feeds, matrix.personal}) {
    text += access == liveblocks::Access::write ? 'w' : access == liveblocks::Access::read ? 'r' : '-';
  }
  return text;
}

}  // namespace liveblocks_tests
