#include "CBodies.h"

#include <exception>

namespace {
struct Unwound {
  void (*pause)(void);
  int *wrong;
  ~Unwound() {
    pause();
    *wrong += std::uncaught_exceptions() != 1;
  }
};

__attribute__((noinline)) void throw_once(int number, void (*pause)(void), int *wrong) {
  Unwound unwound{pause, wrong};
  throw number;
}

__attribute__((noinline)) void throw_again(int number, void (*pause)(void), int *wrong) {
  try {
    throw_once(number, pause, wrong);
  } catch (int caught) {
    *wrong += caught != number || std::uncaught_exceptions() != 0;
    pause();
    throw;
  }
}
}

int bodies_throw(int number, void (*pause)(void)) {
  int wrong = std::uncaught_exceptions() != 0 || std::current_exception() != nullptr;
  try {
    throw_again(number, pause, &wrong);
    wrong++;
  } catch (int caught) {
    pause();
    wrong += caught != number || std::current_exception() == nullptr;
  }
  pause();
  return wrong + (std::current_exception() != nullptr);
}
