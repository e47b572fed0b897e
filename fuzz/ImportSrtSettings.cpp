// fuzz/ImportSrtSettings.cpp: settings of npm's srt.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Imports.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  srt::fuzz::checkImport(srt::import::Format::SrtSettings,
                         srt::fuzz::textOf(data, size));
  return 0;
}
