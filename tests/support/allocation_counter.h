// Counts what the program allocates through operator new. A test that calls Allocations() links the
// counting operators.

#ifndef NUTGRAF_TESTS_SUPPORT_ALLOCATION_COUNTER_H_
#define NUTGRAF_TESTS_SUPPORT_ALLOCATION_COUNTER_H_

#include <cstddef>

namespace nutgraf::testing {

// False under sanitizers, which bring operators of their own.
bool CountsAllocations();

// Calls of operator new since the program began.
size_t Allocations();

}  // namespace nutgraf::testing

#endif  // NUTGRAF_TESTS_SUPPORT_ALLOCATION_COUNTER_H_
