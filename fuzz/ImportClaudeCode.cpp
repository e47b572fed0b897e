// fuzz/ImportClaudeCode.cpp: settings of Claude Code.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Imports.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  srt::fuzz::checkImport(srt::import::Format::ClaudeCode,
                         srt::fuzz::textOf(data, size));
  return 0;
}
