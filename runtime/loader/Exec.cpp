// runtime/loader/Exec.cpp: becomes the command.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: calls nothing but execve, and write and exit_group on failure;
// the filter is on by now. Looks names up like execvp(3), with two differences:
// no default PATH, and a file the kernel cannot run is not given to a shell.
#include "Loader.h"

namespace srt::load {

[[noreturn]] static void refuseCommand(const Sandbox &sandbox,
                                       const char *command, long error) {
  Status status = sys::isMissing(error) ? kNotFound : kNotExecutable;
  const char *hint = nullptr;
  if (error == -EACCES)
    hint = "it is not executable, or the policy does not allow to execute it";
  if (error == -EACCES && sandbox.hasLeftOut)
    hint = "it is not executable, the policy does not allow to execute it, or "
           "it is allowed by name only and lies where the policy allows to "
           "write: allow its path";
  if (error == -ENOEXEC)
    hint = "a script needs a first line like `#!/bin/sh`";
  refuse("exec",
         Message() << "cannot run `" << command << "`: " << Errno{error}, hint,
         status);
}

/// Whether execvp(3) looks at the next directory after this error.
static bool isSkipped(long result) {
  return sys::isMissing(result) || result == -EACCES || result == -ESTALE ||
         result == -ENODEV || result == -ETIMEDOUT;
}

void runCommand(const Sandbox &sandbox, char **argv) {
  Text name(argv[0]);
  if (find(name, '/') != name.size)
    refuseCommand(sandbox, argv[0], sys::execve(argv[0], argv, sandbox.env));
  long error = -ENOENT;
  SearchPath search(sandbox);
  Path path;
  while (name.size != 0 && search.next(name, path)) {
    long result = sys::execve(path.bytes, argv, sandbox.env);
    if (!isSkipped(result))
      refuseCommand(sandbox, path.bytes, result);
    if (result == -EACCES)
      error = result; // there was one, and that is worth more than "not found"
  }
  refuseCommand(sandbox, argv[0], error);
}

} // namespace srt::load
