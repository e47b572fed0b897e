// fuzz/Replay.cpp: srt-replay-NAME FILE|FOLDER...: runs a target on files.
// SPDX-License-Identifier: Apache-2.0
//
// Needs no libFuzzer, so it is built by every preset and the corpora are a part
// of the ordinary tests. Names each file before it runs it, since the target
// may end the program. Exit status: 0 all done, 2 wrong usage or unreadable.
#include "fuzz/Target.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace fs = std::filesystem;

static std::vector<std::string> filesIn(int argc, char **argv) {
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) {
      files.push_back(argv[i]);
      continue;
    }
    for (const fs::directory_entry &entry : fs::directory_iterator(argv[i]))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

static bool run(const std::string &file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in)
    return false;
  std::fprintf(stderr, "%s\n", file.c_str());
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.data()),
                         bytes.size());
  return true;
}

int main(int argc, char **argv) {
  std::vector<std::string> files = filesIn(argc, argv);
  for (const std::string &file : files)
    if (!run(file)) {
      std::fprintf(stderr, "%s cannot be read\n", file.c_str());
      return 2;
    }
  std::printf("%zu files\n", files.size());
  return files.empty() ? 2 : 0;
}
