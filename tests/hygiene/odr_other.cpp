#include "odr.hpp"

liveblocks_tests::Identities liveblocks_tests::identitiesOfTheOtherUnit() { return {}; }
