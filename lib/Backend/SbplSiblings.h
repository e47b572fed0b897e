// lib/Backend/SbplSiblings.h: excepts that a directory could be moved into.
// SPDX-License-Identifier: Apache-2.0
//
// `deny read "**/.env.*" except "**/.env.example"`: whoever may make a directory
// `.env.example` could move `work` there, and read work/.env.local in it.
#ifndef SRT_LIB_BACKEND_SBPLSIBLINGS_H
#define SRT_LIB_BACKEND_SBPLSIBLINGS_H

#include "lib/IR/Policy.h"

namespace srt::backend {

/// What a deny withholds beneath its own excepts, where pattern and except are
/// names at any depth below one place: `**/.env.example/**/.env.*`. *Narrows*.
/// Empty for other rules.
std::vector<ir::PathPattern> siblingsBelow(const ir::Rule &rule);

/// True if directories could be moved to where the deny's excepts spare what is
/// in them, and siblingsBelow() does not stop that.
bool sparesMovedDirectories(const ir::Rule &rule);

} // namespace srt::backend

#endif
