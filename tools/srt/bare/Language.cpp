// tools/srt/bare/Language.cpp: what C++ itself calls, and the names of errors.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no exceptions. What would throw one ends srt before it has run
// anything.
#include "tools/srt/bare/Bare.h"

namespace srt::bare {

void giveUp(const char *what) {
  load::Text parts[] = {"srt: ", what, "\n"};
  for (load::Text part : parts)
    sys::write(2, part.data, part.size);
  constexpr int kRefused = 125;
  sys::exitGroup(kRefused);
}

} // namespace srt::bare

using srt::bare::giveUp;

namespace std {
[[noreturn]] void __throw_bad_alloc() { giveUp("no memory"); }
[[noreturn]] void __throw_bad_array_new_length() { giveUp("no memory"); }
[[noreturn]] void __throw_logic_error(const char *what) { giveUp(what); }
[[noreturn]] void __throw_length_error(const char *what) { giveUp(what); }
[[noreturn]] void __throw_out_of_range_fmt(const char *what, ...) { giveUp(what); }
} // namespace std

extern "C" {

void *__dso_handle = nullptr;

/// Nothing is destroyed at the end: the process becomes another one.
int __cxa_atexit(void (*)(void *), void *, void *) { return 0; }

char *strerror(int error) {
  switch (error) { // the kernel's numbers
#define SRT_ERROR(name, text) case name: return const_cast<char *>(text);
    SRT_ERROR(ENOENT, "No such file or directory")
    SRT_ERROR(EACCES, "Permission denied")
    SRT_ERROR(EPERM, "Operation not permitted")
    SRT_ERROR(ENOEXEC, "Exec format error")
    SRT_ERROR(E2BIG, "Argument list too long")
    SRT_ERROR(ENOMEM, "Cannot allocate memory")
    SRT_ERROR(ENOTDIR, "Not a directory")
    SRT_ERROR(ETXTBSY, "Text file busy")
#undef SRT_ERROR
  }
  static char text[] = "errno 000";
  for (int i = 0, rest = error; i < 3; ++i, rest /= 10)
    text[8 - i] = char('0' + rest % 10);
  return text;
}

} // extern "C"
