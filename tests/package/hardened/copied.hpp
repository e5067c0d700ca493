#pragma once

#include <vector>

/// The first character of a text, which must have no more than 63, and no less than one.
char firstOfCopy(const char* text);

int elementOf(const std::vector<int>& elements, std::size_t index);
