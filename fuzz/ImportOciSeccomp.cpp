// fuzz/ImportOciSeccomp.cpp: seccomp profiles of containers.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Imports.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  srt::fuzz::checkImport(srt::import::Format::OciSeccomp,
                         srt::fuzz::textOf(data, size));
  return 0;
}
