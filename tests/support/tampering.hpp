/// All texts that differ from a text in one place.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace liveblocks_tests {

inline std::string allBytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

/// Calls `visit` with each text that has one bit flipped.
template <class Visit>
void forEachFlip(const std::string& text, Visit visit) {
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    visit(changed);
  }
}

/// The same for texts that lack one byte.
template <class Visit>
void forEachRemoval(const std::string& text, Visit visit) {
  for (std::size_t at = 0; at < text.size(); ++at) visit(std::string(text).erase(at, 1));
}

/// The same for texts that have one of these bytes more, at both ends, too.
template <class Visit>
void forEachInsertion(const std::string& text, const std::string& bytes, Visit visit) {
  for (std::size_t at = 0; at <= text.size(); ++at) {
    for (const char byte : bytes) visit(std::string(text).insert(at, 1, byte));
  }
}

/// The same for texts that have another one of these bytes in one place.
template <class Visit>
void forEachReplacement(const std::string& text, const std::string& bytes, Visit visit) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char byte : bytes) {
      if (byte == text[at]) continue;
      std::string changed = text;
      changed[at] = byte;
      visit(changed);
    }
  }
}

/// The changed texts that pass `accepts`, and how many were tried.
struct Tampering {
  std::vector<std::string> accepted;
  std::size_t tried = 0;
};

/// Flips every bit, removes every byte, and inserts and puts these bytes everywhere.
template <class Accepts>
Tampering tamper(const std::string& text, const std::string& bytes, Accepts accepts) {
  Tampering result;
  const auto visit = [&](const std::string& changed) {
    ++result.tried;
    if (accepts(changed)) result.accepted.push_back(changed);
  };
  forEachFlip(text, visit);
  forEachRemoval(text, visit);
  forEachInsertion(text, bytes, visit);
  forEachReplacement(text, bytes, visit);
  return result;
}

}  // namespace liveblocks_tests
