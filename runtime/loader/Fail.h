// runtime/loader/Fail.h: the one way out of the loader that is not exec.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one message on standard error, nothing executed. Control
// characters in names are shown as `?`, so that a file name cannot forge a
// second line or drive a terminal.
#ifndef SRT_RUNTIME_LOADER_FAIL_H
#define SRT_RUNTIME_LOADER_FAIL_H

#include "Text.h"

namespace srt::load {

/// An error number of the kernel as the wrappers return it: negative.
struct Errno {
  long result;
};

/// Exit statuses, the ones of env(1) and nohup(1).
enum Status { kRefused = 125, kNotExecutable = 126, kNotFound = 127 };

class Message;

/// Prints `srt-load: <step>: <cause>` and, unless null, `  hint: <hint>`, then
/// ends the process. Calls nothing but write and exit_group, because it may run
/// under the filter. Cold: the compiler then puts what only leads here behind
/// the rest, on pages that are not touched.
[[noreturn, gnu::cold]] void refuse(const char *step, const Message &cause,
                                    const char *hint = nullptr,
                                    Status status = kRefused);

/// A message being put together; what does not fit is cut off. There is memory
/// for one at a time, and it is static: on the stack it would push the frames
/// of whoever may refuse over four pages, and each page that is touched costs a
/// page fault, which is what ten system calls cost.
class Message {
public:
  Message();
  Message &operator<<(Text text);
  Message &operator<<(const char *text) { return *this << Text(text); }
  Message &operator<<(uint64_t number);
  /// The name of the error, `ENOENT`; `errno 99` for one without a name here.
  Message &operator<<(Errno error);
  /// Appends a line break as such, where `<<` would show `?`.
  Message &endLine();
  Text text() const { return {bytes, size}; }

private:
  static constexpr uint64_t kCapacity = 12288; // two paths and some words
  char *bytes;
  uint64_t size = 0;

  explicit Message(char *memory) : bytes(memory) {}
  void put(char byte);
  friend void refuse(const char *step, const Message &cause, const char *hint,
                     Status status);
};

} // namespace srt::load

#endif
