// runtime/loader/Main.cpp: srt-load BUNDLE -- CMD [ARG...], the order of the
// steps. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: the command runs under the whole bundle or not at all. Every step
// ends the process if it cannot do everything it is for, so reaching runCommand
// is the proof that all of them are done.
#include "Loader.h"

SRT_DEFINE_START

namespace srt::load {

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
  closeDescriptors(-1, -1);
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
  // First of all, and it sees to it that no descriptor of ours is 0, 1 or 2.
  readBundle(sandbox, argv[1]);
  if (sandbox.view.mediation)
    handOver(argv, sandbox.callerEnv);
  // After the bundle, whose path may be /proc/self/fd/N; before any descriptor
  // of our own that has to stay open.
  closeDescriptors(-1, -1);
  prepare(sandbox);
  restrict(sandbox);
  runCommand(sandbox, argv + 3);
}
