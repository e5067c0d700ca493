#include "copied.hpp"

#include <cstring>

char firstOfCopy(const char* text) {
  char copy[64];
  std::strcpy(copy, text);  // The compiler cannot know whether it fits.
  return copy[0];
}

int elementOf(const std::vector<int>& elements, std::size_t index) { return elements[index]; }
