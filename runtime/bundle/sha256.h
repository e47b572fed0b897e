// runtime/bundle/sha256.h: SHA-256 (FIPS 180-4) in pieces, for the bundle
// digest. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: no allocation, no table built at run time, no failure. The digest
// finds damage and mix-ups; it is no signature, whoever writes a bundle can
// write its digest too.
#ifndef SRT_RUNTIME_BUNDLE_SHA256_H
#define SRT_RUNTIME_BUNDLE_SHA256_H

#include <stdint.h>

namespace srt {

/// Computes a SHA-256 digest over bytes that arrive in any number of pieces.
class Sha256 {
public:
  /// Appends `size` bytes to the message.
  void update(const uint8_t *bytes, uint64_t size);

  /// Ends the message and writes its 32-byte digest. Call once, last.
  void finish(uint8_t digest[32]);

private:
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint8_t pending[64]; // the last, incomplete block
  uint64_t total = 0;  // bytes seen; total % 64 of them are in `pending`
};

} // namespace srt

#endif
