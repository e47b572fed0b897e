// runtime/loader/Prepare.cpp: what srt-load and srt-broker do alike before
// anything is restricted. SPDX-License-Identifier: Apache-2.0
#include "Loader.h"

namespace srt::load {

void checkUsage(long argc, char **argv) {
  if (argc >= 4 && Text(argv[2]) == "--")
    return;
  refuse("usage", Message() << "srt-load BUNDLE -- COMMAND [ARGUMENT...]");
}

void prepare(Sandbox &sandbox) {
  checkTarget(sandbox);
  // Before the commands: they are looked up on the PATH of the command.
  composeEnvironment(sandbox);
  bindParams(sandbox);
  createRuleset(sandbox);
  openSearchPath(sandbox);
  grantRoots(sandbox);
  // Needs to know where every root really is.
  checkForbidden(sandbox);
  // Needs to know what is denied: a hit in a denied place is left out.
  grantCommands(sandbox);
}

} // namespace srt::load
