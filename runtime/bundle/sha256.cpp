// runtime/bundle/sha256.cpp: the SHA-256 compression function and its padding.
// SPDX-License-Identifier: Apache-2.0
//
// Written from FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1 and 6.2.2. The message
// schedule is kept as a ring of 16 words that is renewed while the rounds run,
// one cache line; this file is the only one of the loader whose speed a user
// could notice (3 microseconds per KiB).
#include "sha256.h"

namespace srt {

// FIPS 180-4, section 4.2.2.
static const uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t rotateRight(uint32_t word, unsigned bits) {
  return word >> bits | word << (32 - bits);
}

static inline uint32_t loadBigEndian(const uint8_t *bytes) {
  return uint32_t(bytes[0]) << 24 | uint32_t(bytes[1]) << 16 |
         uint32_t(bytes[2]) << 8 | bytes[3];
}

static inline void storeBigEndian(uint8_t *bytes, uint32_t word) {
  bytes[0] = uint8_t(word >> 24);
  bytes[1] = uint8_t(word >> 16);
  bytes[2] = uint8_t(word >> 8);
  bytes[3] = uint8_t(word);
}

/// The eight working variables of section 6.2.2, named as there.
struct Working {
  uint32_t a, b, c, d, e, f, g, h;
};

/// One round with `word` = W[t] + K[t].
static inline void runRound(Working &v, uint32_t word) {
  uint32_t sum1 =
      rotateRight(v.e, 6) ^ rotateRight(v.e, 11) ^ rotateRight(v.e, 25);
  uint32_t choice = v.g ^ (v.e & (v.f ^ v.g));
  uint32_t t1 = v.h + sum1 + choice + word;
  uint32_t sum0 =
      rotateRight(v.a, 2) ^ rotateRight(v.a, 13) ^ rotateRight(v.a, 22);
  uint32_t majority = (v.a & v.b) | (v.c & (v.a | v.b));
  v = {t1 + sum0 + majority, v.a, v.b, v.c, v.d + t1, v.e, v.f, v.g};
}

/// Replaces ring[i] = W[t] by W[t+16], where i = t % 16. Requires: the entries
/// before i have been replaced already.
static inline void renew(uint32_t ring[16], unsigned i) {
  uint32_t early = ring[(i + 1) & 15], late = ring[(i + 14) & 15];
  uint32_t sigma0 =
      rotateRight(early, 7) ^ rotateRight(early, 18) ^ (early >> 3);
  uint32_t sigma1 =
      rotateRight(late, 17) ^ rotateRight(late, 19) ^ (late >> 10);
  ring[i] += sigma0 + ring[(i + 9) & 15] + sigma1;
}

static void compress(uint32_t state[8], const uint8_t *block) {
  uint32_t ring[16];
  for (unsigned i = 0; i < 16; ++i)
    ring[i] = loadBigEndian(block + 4 * i);
  Working v = {state[0], state[1], state[2], state[3],
               state[4], state[5], state[6], state[7]};
  // Not unrolled by hand: that gains a tenth of the time for 3 KiB of code.
  for (unsigned t = 0; t < 48; t += 16)
    for (unsigned i = 0; i < 16; ++i) {
      runRound(v, ring[i] + kRound[t + i]);
      renew(ring, i);
    }
  // The last rounds use up the ring and renew no more words.
  for (unsigned i = 0; i < 16; ++i)
    runRound(v, ring[i] + kRound[48 + i]);
  const uint32_t sums[8] = {v.a, v.b, v.c, v.d, v.e, v.f, v.g, v.h};
  for (unsigned i = 0; i < 8; ++i)
    state[i] += sums[i];
}

void Sha256::update(const uint8_t *bytes, uint64_t size) {
  uint64_t used = total % 64;
  total += size;
  while (size != 0) {
    if (used == 0 && size >= 64) {
      compress(state, bytes);
      bytes += 64;
      size -= 64;
      continue;
    }
    pending[used++] = *bytes++;
    --size;
    if (used == 64) {
      compress(state, pending);
      used = 0;
    }
  }
}

void Sha256::finish(uint8_t digest[32]) {
  // Section 5.1.1: one bit, zeros up to 56 modulo 64, then the length in bits.
  static const uint8_t padding[64] = {0x80};
  uint64_t bits = total * 8;
  uint8_t length[8];
  storeBigEndian(length, uint32_t(bits >> 32));
  storeBigEndian(length + 4, uint32_t(bits));
  update(padding, 1 + (119 - total % 64) % 64);
  update(length, 8);
  for (unsigned i = 0; i < 8; ++i)
    storeBigEndian(digest + 4 * i, state[i]);
}

} // namespace srt
