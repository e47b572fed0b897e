// fuzz/BundleMutator.cpp: damages a bundle behind a right digest.
// SPDX-License-Identifier: Apache-2.0
//
// Without it every mutant would end at the digest. The size in the header is
// put right too: wrong ones are found by the few that are left alone.
#include "fuzz/Target.h"
#include "runtime/bundle/bundle.h"
#include "runtime/bundle/sha256.h"

#include <cstring>
#include <random>

using namespace srt;

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

using Random = std::minstd_rand;

/// Numbers at which checks of counts, offsets and strings go wrong.
static constexpr uint32_t kEdges[] = {0,     1,       7,          8,
                                      15,    16,      4095,       4096,
                                      65535, 65536,   0x7fffffff, 0x80000000,
                                      ~0u,   ~0u - 7, 0xfffffff0, SRT_MAX_FILE};

/// Writes over one aligned word: that is what the format is made of.
static void changeWord(uint8_t *data, size_t size, Random &random) {
  size_t at = random() % (size / 4) * 4;
  uint32_t word;
  std::memcpy(&word, data + at, 4);
  uint32_t edge = kEdges[random() % std::size(kEdges)];
  word = random() % 2 ? edge : word + uint32_t(random() % 17) - 8;
  std::memcpy(data + at, &word, 4);
}

/// Copies eight aligned bytes to another place: a valid reference elsewhere.
static void copyPair(uint8_t *data, size_t size, Random &random) {
  size_t from = random() % (size / 8) * 8, to = random() % (size / 8) * 8;
  std::memmove(data + to, data + from, 8);
}

static void seal(uint8_t *data, size_t size) {
  srt_header header;
  std::memcpy(&header, data, sizeof header);
  header.magic = SRT_MAGIC;
  header.total_size = size;
  std::memset(header.digest, 0, sizeof header.digest);
  std::memcpy(data, &header, sizeof header);
  Sha256 hash;
  hash.update(data, size);
  hash.finish(data + offsetof(srt_header, digest));
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  Random random(seed + 1);
  if (size < sizeof(srt_header) || random() % 4 == 0)
    size = LLVMFuzzerMutate(data, size, maxSize);
  else
    for (unsigned left = 1 + random() % 3; left > 0; --left)
      random() % 4 ? changeWord(data, size, random)
                   : copyPair(data, size, random);
  if (size >= sizeof(srt_header) && random() % 32 != 0)
    seal(data, size);
  return size;
}
