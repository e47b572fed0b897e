// runtime/bundle/CheckMain.cpp: srt-check-bundle, tells whether a bundle is
// sound. SPDX-License-Identifier: Apache-2.0
//
// Prints `ok` (status 0) or the reason for refusing the file (status 1). With
// several files: one line each after the file's name, status 1 if any is
// refused. Reading stops soon after SRT_MAX_FILE.
#include "check.h"

#include <cstdio>
#include <cstdlib>

/// A file in memory that begins at a multiple of 8 (malloc) and ends exactly
/// where the file does, so that a sanitizer sees every step over the end.
struct FileBytes {
  uint8_t *bytes = nullptr;
  uint64_t size = 0;
};

/// Makes room for `size` bytes; false if there is none, and all stays.
static bool resize(FileBytes &file, size_t size) {
  void *bytes = std::realloc(file.bytes, size);
  if (bytes)
    file.bytes = static_cast<uint8_t *>(bytes);
  return bytes != nullptr;
}

static bool readFile(const char *path, FileBytes &file) {
  std::FILE *stream = std::fopen(path, "rb");
  if (!stream)
    return false;
  constexpr size_t kChunk = 65536;
  size_t got = 0;
  bool hasRoom = true;
  do {
    hasRoom = resize(file, file.size + kChunk);
    got = hasRoom ? std::fread(file.bytes + file.size, 1, kChunk, stream) : 0;
    file.size += got;
  } while (got != 0 && file.size <= SRT_MAX_FILE);
  bool isGood = hasRoom && std::ferror(stream) == 0;
  std::fclose(stream);
  // Without a byte behind the end, so that whoever looks after memory sees it.
  return isGood && (file.size == 0 || resize(file, file.size));
}

static bool checkFile(const char *path) {
  FileBytes file;
  if (!readFile(path, file)) {
    std::free(file.bytes);
    std::puts("the file cannot be read");
    return false;
  }
  srt_view view;
  srt_reason reason = srt_check_bundle(file.bytes, file.size, &view);
  std::free(file.bytes);
  std::puts(reason == SRT_OK ? "ok" : srt_check_reason(reason));
  return reason == SRT_OK;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    std::fputs("usage: srt-check-bundle BUNDLE...\n", stderr);
    return 2;
  }
  bool allGood = true;
  for (int i = 1; i < argc; ++i) {
    if (argc > 2)
      std::printf("%s: ", argv[i]);
    allGood = checkFile(argv[i]) && allGood;
  }
  return allGood ? 0 : 1;
}
