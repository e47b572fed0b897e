// tools/srt/Remote.cpp: notices when the remote of a project may have changed.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Remote.h"

#include "tools/srt/Files.h"
#include "tools/srt/Key.h"

namespace srt::command {

std::string remoteOf(const std::string &project) {
  // A worktree's `.git` is a file that names its repository, and counts itself.
  Bytes config = readFile(project + "/.git/config");
  if (!config.isThere)
    config = readFile(project + "/.git");
  if (!config.isThere)
    return {};
  return project + " " + digestOf({config.text()});
}

} // namespace srt::command
