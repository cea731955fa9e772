// Empty: the compiler accepts functions without a body only where a package has assembly.
