// fuzz/PolicyJson.cpp: policies in JSON.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/PolicyText.h"
#include "fuzz/Target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  srt::Sources sources;
  srt::fuzz::readChecked(sources, "fuzz.json", srt::fuzz::textOf(data, size));
  return 0;
}
