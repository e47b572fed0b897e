// runtime/loader/Main.cpp: srt-load BUNDLE -- CMD [ARG...], the order of the
// steps. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the command runs under the whole bundle or not at all. Every step
// ends the process if it cannot do everything it is for, so reaching runCommand
// is the proof that all of them are done.
#include "Loader.h"
#include "runtime/broker/Mediate.h"

SRT_DEFINE_START

namespace srt::load {

static void checkUsage(long argc, char **argv) {
  if (argc >= 4 && Text(argv[2]) == "--")
    return;
  refuse("usage", Message() << "srt-load BUNDLE -- COMMAND [ARGUMENT...]");
}

/// Reads, looks up and compares; changes nothing that the command inherits.
static void prepare(Sandbox &sandbox, const char *bundle) {
  // First of all, and it sees to it that no descriptor of ours is 0, 1 or 2.
  readBundle(sandbox, bundle);
  bool isMediated = sandbox.view.mediation != nullptr;
  long report = isMediated ? broker::openReport(sandbox) : -1;
  // After the bundle, whose path may be /proc/self/fd/N; before any descriptor
  // of our own that has to stay open.
  closeDescriptors(report);
  checkTarget(sandbox);
  // Before the commands: they are looked up on the PATH of the command.
  composeEnvironment(sandbox);
  bindParams(sandbox);
  if (isMediated)
    broker::prepare(sandbox);
  createRuleset(sandbox);
  openSearchPath(sandbox);
  grantRoots(sandbox);
  // Needs to know where every root really is.
  checkForbidden(sandbox);
  // Needs to know what is denied: a hit in a denied place is left out.
  grantCommands(sandbox);
}

/// Restricts this process, step by step, never less than before.
static void restrict(Sandbox &sandbox) {
  // After every open: a limit on descriptors must not stop the loader itself.
  setLimits(sandbox);
  // Before the filter, which usually denies keyctl.
  leaveKeyring(sandbox);
  // The next two need it, and without it root would get its capabilities back.
  giveUpPrivileges();
  // After every open, which may need them.
  dropCapabilities();
  restrictSelf(sandbox);
  closeDescriptors(-1);
  // Last: it may deny everything that the steps above call.
  loadFilter(sandbox);
}

} // namespace srt::load

/// `stack` is what the kernel leaves there: argc, argv, null, envp, null.
extern "C" [[noreturn]] void srtMain(long *stack) {
  using namespace srt::load;
  // Static: the arena is larger than a stack frame should be. At the start of
  // a page, so that what is used of it is as few pages as can be.
  alignas(4096) constinit static Sandbox sandbox;
  long argc = stack[0];
  auto **argv = reinterpret_cast<char **>(stack + 1);
  checkUsage(argc, argv);
  sandbox.callerEnv = argv + argc + 1;
  prepare(sandbox, argv[1]);
  if (sandbox.view.mediation)
    srt::broker::run(sandbox, argv + 3);
  restrict(sandbox);
  runCommand(sandbox, argv + 3);
}
