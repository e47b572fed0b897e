// lib/IR/Action.h: the actions of the language and how they contain each other.
// SPDX-License-Identifier: Apache-2.0
//
// A thin reading of Actions.def. A rule on a parent action covers its children;
// an event always has a leaf action.
#ifndef SRT_LIB_IR_ACTION_H
#define SRT_LIB_IR_ACTION_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>

namespace srt::ir {

enum class ActionId : uint8_t {
#define SRT_ACTION(id, ...) id,
#include "lib/IR/Actions.def"
};

/// What the patterns of an action name.
enum class Resource : uint8_t {
  Path,
  Command,
  Endpoint,
  Subject,
  Syscall,
  Name,
};

/// Every action, in table order (parents before their children).
llvm::ArrayRef<ActionId> allActions();

/// Every action without children, in table order.
llvm::ArrayRef<ActionId> leafActions();

llvm::StringRef spelling(ActionId action);
Resource resource(ActionId action);
llvm::StringRef resourceName(Resource resource);

/// The parent, or nothing for an action at the top.
std::optional<ActionId> parent(ActionId action);

/// True if a rule on `outer` speaks of `inner` too: equal, or its child.
bool covers(ActionId outer, ActionId inner);

/// The leaf actions that `action` covers, in table order; itself if a leaf.
llvm::SmallVector<ActionId, 8> leavesOf(ActionId action);

/// The action of that spelling, or nothing.
std::optional<ActionId> actionNamed(llvm::StringRef spelling);

/// Names of Landlock rights (lib/Kernel/Landlock.def), joined by '|'.
llvm::StringRef rightNames(ActionId action);

/// Seatbelt operations, joined by a space.
llvm::StringRef sbplOperations(ActionId action);

/// Syscalls that carry the action on Linux, joined by a space.
llvm::StringRef syscallNames(ActionId action);

} // namespace srt::ir

#endif
