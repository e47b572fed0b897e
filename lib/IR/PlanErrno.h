// lib/IR/PlanErrno.h: error numbers in plan text.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_IR_PLANERRNO_H
#define SRT_LIB_IR_PLANERRNO_H

#include "lib/IR/TextCursor.h"

namespace srt::ir {

/// `eperm`, `eacces`, `enosys`; a decimal number for every other errno.
std::string errnoText(uint16_t error);

/// Reads what errnoText() writes, or any number up to 65535.
std::optional<uint16_t> readErrno(TextCursor &cursor);

} // namespace srt::ir

#endif
