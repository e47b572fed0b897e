// lib/Lsp/Words.h: what the fixed words of the language stand for, in a line.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_LIB_LSP_WORDS_H
#define SRT_LIB_LSP_WORDS_H

#include "lib/IR/Action.h"

#include <string>

namespace srt::lsp {

/// "names a path; covers read.data, read.list, read.metadata".
std::string describedAction(ir::ActionId action);

/// The same and, as Markdown, what carries the action on Linux and macOS.
std::string actionPage(ir::ActionId action);

/// What the group holds, or an empty text if there is no such group.
llvm::StringRef describedGroup(llvm::StringRef group);

/// "x86_64 0, aarch64 63, ...; in @io, @default"; why not in `@default`.
/// Requires: kernel::isSyscall(name).
std::string describedSyscall(llvm::StringRef name);

/// A syscall by name, or an empty text if it is a group or unknown.
std::string describedCall(llvm::StringRef text);

} // namespace srt::lsp

#endif
