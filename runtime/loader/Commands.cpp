// runtime/loader/Commands.cpp: bare command names, looked up on PATH.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a command gets rights on the regular files that PATH of its *new*
// environment leads to, on all of them, since the shell and execvp(3) skip hits
// that fail. No PATH means no hit.
#include "Loader.h"

namespace srt::load {

bool SearchPath::next(Text name, Path &path) {
  while (rest.size != 0) {
    uint64_t end = find(rest, ':');
    Text entry = rest.prefix(end);
    rest = rest.suffix(end == rest.size ? end : end + 1);
    // A relative entry would mean another file after every chdir(2).
    if (entry.size == 0 || entry.data[0] != '/')
      continue;
    path.cut(0);
    if (path.append(entry) && path.append("/") && path.append(name))
      return true;
  }
  return false;
}

static void grantHit(Sandbox &sandbox, const srt_command &command,
                     const Path &path) {
  long fd = sys::open(path.bytes, O_PATH | O_CLOEXEC);
  // EACCES: a directory on PATH that the command cannot search either.
  if (sys::isMissing(fd) || fd == -EACCES)
    return;
  if (fd < 0)
    refuse("commands", Message() << "cannot open `" << path.text() << "` ("
                                 << RuleAt{sandbox, command.rule}
                                 << "): " << Errno{fd});
  struct statx status;
  // What cannot be told apart is left out, which narrows.
  if (sys::statDescriptor(fd, status) == 0 && sys::isRegular(status))
    grantDescriptor(sandbox, fd, command.rights, command.rule);
  sys::close(fd);
}

void grantCommands(Sandbox &sandbox) {
  for (uint32_t i = 0; i < sandbox.view.command_count; ++i) {
    const srt_command &command = sandbox.view.commands[i];
    SearchPath search(sandbox);
    Path path;
    while (search.next(sandbox.text(command.name), path))
      grantHit(sandbox, command, path);
  }
}

} // namespace srt::load
