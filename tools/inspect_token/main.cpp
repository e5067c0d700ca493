// "What may this user do in that room?": reads tokens or permissions, a JSON object a line, and prints what they grant.
// README.md tells the form of the lines.

#include "inspection.hpp"
#include "json_lines/program.hpp"

int main() { return json_lines::answerLines("inspect_token", inspect_token::answer, inspect_token::refusal); }
