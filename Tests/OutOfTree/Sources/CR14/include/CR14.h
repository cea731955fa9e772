/* Stubs have no header of theirs: the runtime is told by preempt_backend.h. */
