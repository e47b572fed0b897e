// lib/IR/Action.cpp: lookups in Actions.def.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/Action.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <array>

namespace srt::ir {

namespace {
// "None" must be nameable in the table's parent column without being an action.
enum class Parent : uint8_t {
#define SRT_ACTION(id, ...) id,
#include "lib/IR/Actions.def"
  None,
};

struct Row {
  ActionId id;
  llvm::StringLiteral spelling;
  Parent parent;
  Resource resource;
  llvm::StringLiteral rights, sbpl, syscalls;
};

const Row kRows[] = {
#define SRT_ACTION(id, spelling, parent, resource, rights, sbpl, syscalls)     \
  {ActionId::id, spelling, Parent::parent, Resource::resource,                 \
   rights,       sbpl,     syscalls},
#include "lib/IR/Actions.def"
};
} // namespace

static const Row &row(ActionId action) { return kRows[size_t(action)]; }

llvm::ArrayRef<ActionId> allActions() {
  static const auto all = [] {
    std::array<ActionId, std::size(kRows)> ids{};
    for (size_t i = 0; i < ids.size(); ++i)
      ids[i] = kRows[i].id;
    return ids;
  }();
  return all;
}

static bool hasChildren(ActionId action) {
  return llvm::any_of(kRows, [&](const Row &candidate) {
    return candidate.parent == Parent(action);
  });
}

llvm::ArrayRef<ActionId> leafActions() {
  static const auto leaves = llvm::to_vector(
      llvm::make_filter_range(allActions(), [](ActionId action) {
        return !hasChildren(action);
      }));
  return leaves;
}

llvm::StringRef spelling(ActionId action) { return row(action).spelling; }
Resource resource(ActionId action) { return row(action).resource; }
llvm::StringRef rightNames(ActionId action) { return row(action).rights; }
llvm::StringRef sbplOperations(ActionId action) { return row(action).sbpl; }
llvm::StringRef syscallNames(ActionId action) { return row(action).syscalls; }

llvm::StringRef resourceName(Resource resource) {
  switch (resource) {
  case Resource::Path:
    return "path";
  case Resource::Command:
    return "command";
  case Resource::Endpoint:
    return "endpoint";
  case Resource::Subject:
    return "subject";
  case Resource::Syscall:
    return "syscall";
  case Resource::Name:
    return "name";
  }
  llvm_unreachable("unknown resource");
}

std::optional<ActionId> parent(ActionId action) {
  Parent above = row(action).parent;
  if (above == Parent::None)
    return std::nullopt;
  return ActionId(above);
}

bool covers(ActionId outer, ActionId inner) {
  return outer == inner || parent(inner) == outer;
}

llvm::SmallVector<ActionId, 8> leavesOf(ActionId action) {
  llvm::SmallVector<ActionId, 8> leaves;
  for (ActionId leaf : leafActions())
    if (covers(action, leaf))
      leaves.push_back(leaf);
  return leaves;
}

std::optional<ActionId> actionNamed(llvm::StringRef spelling) {
  for (const Row &candidate : kRows)
    if (candidate.spelling == spelling)
      return candidate.id;
  return std::nullopt;
}

} // namespace srt::ir
