// runtime/loader/Location.cpp: where an object is, and where a rule was
// written. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a location is the kernel's own spelling of an open object: no
// links, no dots. It is asked of the descriptor, not of a path again.
#include "Loader.h"

namespace srt::load {

void locate(long fd, const char *step, Path &path) {
  Message link; // a short text, but the only thing here that writes numbers
  link << "/proc/self/fd/" << uint64_t(fd);
  Path name;
  if (!name.append(link.text()))
    refuse(step, Message() << "a descriptor number is too long");
  long size = sys::readlink(name.bytes, path.bytes, Path::kCapacity);
  if (size < 0)
    refuse(step,
           Message() << "cannot read `" << link.text() << "`: " << Errno{size},
           "comparing forbidden places needs /proc");
  // A full buffer may be a cut path; "(unreachable)" is outside our root.
  if (size == 0 || uint64_t(size) >= Path::kCapacity || path.bytes[0] != '/')
    refuse(step, Message() << "an open place has no path");
  path.cut(uint64_t(size));
}

Message &operator<<(Message &message, const RuleAt &at) {
  const srt_rule &rule = at.sandbox.view.rules[at.rule];
  Text file = at.sandbox.text(rule.file);
  if (rule.line == 0 || file.size == 0)
    return message << "implied by the policy";
  return message << file << ":" << uint64_t(rule.line);
}

} // namespace srt::load
