// lib/Kernel/Landlock.cpp: lookups in Landlock.def.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Kernel/Landlock.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace srt::kernel {

namespace {
enum class Scope : uint8_t { Both, Dir };

struct Bit {
  llvm::StringLiteral name;
  uint8_t bit;
  uint8_t abi;
  Scope scope = Scope::Both;
};

const Bit kFs[] = {
#define SRT_FS_RIGHT(id, name, bit, abi, scope) {name, bit, abi, Scope::scope},
#include "lib/Kernel/Landlock.def"
};
const Bit kNet[] = {
#define SRT_NET_RIGHT(id, name, bit, abi) {name, bit, abi},
#include "lib/Kernel/Landlock.def"
};
const Bit kScopes[] = {
#define SRT_SCOPE(id, name, bit, abi) {name, bit, abi},
#include "lib/Kernel/Landlock.def"
};

struct Release {
  unsigned abi;
  llvm::StringLiteral release;
};
const Release kReleases[] = {
#define SRT_ABI(abi, release) {abi, release},
#include "lib/Kernel/Landlock.def"
};
} // namespace

static uint64_t upTo(llvm::ArrayRef<Bit> bits, unsigned abi) {
  uint64_t mask = 0;
  for (const Bit &bit : bits)
    if (bit.abi <= abi)
      mask |= uint64_t(1) << bit.bit;
  return mask;
}

uint64_t fsRightsOf(unsigned abi) { return upTo(kFs, abi); }
uint64_t netRightsOf(unsigned abi) { return upTo(kNet, abi); }
uint64_t scopesOf(unsigned abi) { return upTo(kScopes, abi); }

uint64_t fileRights() {
  uint64_t mask = 0;
  for (const Bit &bit : kFs)
    if (bit.scope == Scope::Both)
      mask |= uint64_t(1) << bit.bit;
  return mask;
}

static unsigned leastOf(llvm::ArrayRef<Bit> bits, uint64_t mask) {
  unsigned least = 0;
  for (const Bit &bit : bits)
    if (mask >> bit.bit & 1)
      least = std::max<unsigned>(least, bit.abi);
  return least;
}

unsigned leastAbi(uint64_t fs, uint64_t net, uint64_t scopes) {
  return std::max({leastOf(kFs, fs), leastOf(kNet, net),
                   leastOf(kScopes, scopes)});
}

static std::string textOf(llvm::ArrayRef<Bit> bits, uint64_t mask) {
  llvm::SmallVector<llvm::StringRef, 16> names;
  for (const Bit &bit : bits)
    if (mask >> bit.bit & 1)
      names.push_back(bit.name);
  return names.empty() ? "none" : llvm::join(names, "|");
}

std::string fsRightsText(uint64_t rights) { return textOf(kFs, rights); }
std::string netRightsText(uint64_t rights) { return textOf(kNet, rights); }
std::string scopesText(uint64_t scopes) { return textOf(kScopes, scopes); }

static std::optional<uint64_t> readBits(llvm::ArrayRef<Bit> bits,
                                        llvm::StringRef text) {
  uint64_t mask = 0;
  if (text.empty() || text == "none")
    return mask;
  llvm::SmallVector<llvm::StringRef, 16> names;
  text.split(names, '|');
  for (llvm::StringRef name : names) {
    const Bit *bit = llvm::find_if(
        bits, [&](const Bit &row) { return row.name == name; });
    if (bit == bits.end())
      return std::nullopt;
    mask |= uint64_t(1) << bit->bit;
  }
  return mask;
}

std::optional<uint64_t> readFsRights(llvm::StringRef text) {
  return readBits(kFs, text);
}
std::optional<uint64_t> readNetRights(llvm::StringRef text) {
  return readBits(kNet, text);
}
std::optional<uint64_t> readScopes(llvm::StringRef text) {
  return readBits(kScopes, text);
}

llvm::StringRef firstRelease(unsigned abi) {
  for (const Release &row : kReleases)
    if (row.abi == abi)
      return row.release;
  return {};
}

unsigned newestAbi() { return std::end(kReleases)[-1].abi; }

} // namespace srt::kernel
