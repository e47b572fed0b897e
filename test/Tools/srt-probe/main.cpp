// test/Tools/srt-probe/main.cpp: srt-probe OP ARG..., one system call.
// SPDX-License-Identifier: Apache-2.0
//
// Prints `ok` and exits 0, or prints the name of the error and exits 1. What it
// cannot do for reasons of its own is not an answer: it exits 2.
#include "Probe.h"

#include <cstdio>
#include <cstring>
#include <initializer_list>

using namespace srt::probe;

static const Operation *find(const char *name) {
  for (const Operation *table : {kFileOps, kNameOps, kMetadataOps, kDeviceOps,
                                 kSocketOps, kProcessOps, kExecOps, kKernelOps})
    for (const Operation *op = table; op->name; ++op)
      if (strcmp(op->name, name) == 0)
        return op;
  return nullptr;
}

static int usage(const char *why) {
  fprintf(stderr, "srt-probe: %s\nusage: srt-probe OP ARG...\n", why);
  return 2;
}

int main(int argc, char **argv) {
  if (argc < 2)
    return usage("which operation?");
  const Operation *op = find(argv[1]);
  if (!op)
    return usage("there is no such operation");
  long result = op->run({argc - 2, argv + 2});
  const char *name = result < 0 ? strerrorname_np(int(-result)) : "ok";
  puts(name ? name : "an errno without a name");
  return result < 0;
}
