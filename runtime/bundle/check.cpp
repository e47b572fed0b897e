// runtime/bundle/check.cpp: the header of a bundle, and the order of the
// checks. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: sizes and digest are settled before anything inside the file is
// believed; nothing outside [bytes, bytes + size) is ever read.
#include "check.h"
#include "parts.h"
#include "sha256.h"

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "bundles are read in place, which needs a little-endian machine");

namespace srt::bundle {

/// Compares the digest of the header with the one of the file.
static srt_reason checkDigest(const uint8_t *bytes, uint64_t size) {
  constexpr uint64_t kOffset = __builtin_offsetof(srt_header, digest);
  constexpr uint64_t kSize = sizeof(srt_header::digest);
  static const uint8_t zeros[kSize] = {};
  Sha256 sha;
  sha.update(bytes, kOffset);
  sha.update(zeros, kSize);
  sha.update(bytes + kOffset + kSize, size - kOffset - kSize);
  uint8_t digest[kSize];
  sha.finish(digest);
  for (uint64_t i = 0; i < kSize; ++i)
    SRT_DEMAND(digest[i] == bytes[kOffset + i], SRT_BAD_DIGEST);
  return SRT_OK;
}

static srt_reason checkHeader(const uint8_t *bytes, uint64_t size) {
  SRT_DEMAND(reinterpret_cast<uintptr_t>(bytes) % 8 == 0, SRT_BAD_ADDRESS);
  SRT_DEMAND(size >= sizeof(srt_header), SRT_BAD_SHORT);
  SRT_DEMAND(size <= SRT_MAX_FILE, SRT_BAD_LONG);
  const auto &header = *reinterpret_cast<const srt_header *>(bytes);
  SRT_DEMAND(header.magic == SRT_MAGIC, SRT_BAD_MAGIC);
  SRT_DEMAND(header.version == SRT_VERSION, SRT_BAD_VERSION);
  SRT_DEMAND(header.header_size == sizeof(srt_header), SRT_BAD_HEADER_SIZE);
  SRT_DEMAND(header.total_size == size, SRT_BAD_TOTAL_SIZE);
  SRT_CHECK(checkDigest(bytes, size));
  SRT_DEMAND(header.target_os == SRT_OS_LINUX, SRT_BAD_OS);
  SRT_DEMAND((header.flags & ~SRT_FLAGS_KNOWN) == 0, SRT_BAD_FLAG);
  return SRT_OK;
}

static srt_reason checkAll(const uint8_t *bytes, uint64_t size,
                           srt_view &view) {
  SRT_CHECK(checkHeader(bytes, size));
  SRT_CHECK(checkLayout(bytes, size, view));
  return checkRecords(view);
}

} // namespace srt::bundle

extern "C" srt_reason srt_check_bundle(const uint8_t *bytes, uint64_t size,
                                       srt_view *view) {
  *view = {};
  srt_reason reason = srt::bundle::checkAll(bytes, size, *view);
  // A caller that forgets to look at the reason must not find a usable view.
  if (reason != SRT_OK)
    *view = {};
  return reason;
}

extern "C" const char *srt_check_reason(srt_reason reason) {
  switch (reason) {
  case SRT_OK:
    return "the bundle obeys the format";
#define SRT_REASON(name, text)                                                 \
  case name:                                                                   \
    return text;
#include "reasons.def"
#undef SRT_REASON
  }
  return "the reason is unknown";
}
