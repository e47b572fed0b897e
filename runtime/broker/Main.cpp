// runtime/broker/Main.cpp: srt-broker BUNDLE -- CMD [ARG...], which srt-load
// becomes where the bundle needs a broker. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: those of srt-load (runtime/loader/Main.cpp).
#include "Mediate.h"

SRT_DEFINE_START

/// `stack` is what the kernel leaves there: argc, argv, null, envp, null.
extern "C" [[noreturn]] void srtMain(long *stack) {
  using namespace srt;
  // Static: the arena is larger than a stack frame should be.
  alignas(4096) constinit static load::Sandbox sandbox;
  long argc = stack[0];
  auto **argv = reinterpret_cast<char **>(stack + 1);
  load::checkUsage(argc, argv);
  sandbox.callerEnv = argv + argc + 1;
  // As in srt-load, which has read it for its header only: this is another
  // process image, and takes nothing on trust.
  load::readBundle(sandbox, argv[1]);
  if (!sandbox.view.mediation)
    load::refuse("broker", load::Message() << "the bundle has nothing to judge",
                 "start it with srt-load");
  long kept[2];
  broker::openOutside(sandbox, kept);
  load::closeDescriptors(kept[0], kept[1]);
  broker::prepare(sandbox);
  load::prepare(sandbox);
  broker::run(sandbox, argv + 3);
}
