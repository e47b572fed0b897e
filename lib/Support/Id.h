// lib/Support/Id.h: index types that cannot be mistaken for one another.
// SPDX-License-Identifier: Apache-2.0
//
// Tables refer to their rows by index, not by pointer. The tag keeps a ParamId
// from being used where a FileId belongs.
#ifndef SRT_LIB_SUPPORT_ID_H
#define SRT_LIB_SUPPORT_ID_H

#include <compare>
#include <cstdint>

namespace srt {

/// An index into the table that `Tag` stands for.
template <typename Tag> struct Id {
  uint32_t value = 0;
  friend auto operator<=>(Id, Id) = default;
};

} // namespace srt

#endif
