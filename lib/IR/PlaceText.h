// lib/IR/PlaceText.h: places in the file tree as text.
// SPDX-License-Identifier: Apache-2.0
//
// A place is spelled as the path pattern that names it alone, so that policy
// and plan have one spelling for one place.
#ifndef SRT_LIB_IR_PLACETEXT_H
#define SRT_LIB_IR_PLACETEXT_H

#include "lib/IR/Plan.h"
#include "lib/IR/TextScan.h"

namespace srt::ir {

/// `/`, `/usr/lib`, `${home}/.ssh`; bytes that mean something in a pattern are
/// escaped. A ParamId that is not an index into `params` shows as `${?N}`.
std::string placeText(const Place &place, llvm::ArrayRef<Param> params);

/// Reads back what placeText() writes; nothing, and `error`, for all else.
std::optional<Place> readPlace(llvm::StringRef text,
                               llvm::ArrayRef<Param> params, TextError &error);

} // namespace srt::ir

#endif
