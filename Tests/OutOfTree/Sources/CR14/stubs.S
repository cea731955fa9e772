#include "../Generated/amd64_r14/preempt.S"
