// lib/Lsp/Words.cpp: what the fixed words of the language stand for, in a line.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Words.h"

#include "lib/Kernel/Syscalls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::lsp {

namespace {
struct Group {
  llvm::StringLiteral name;
  llvm::StringLiteral what;
};

const Group kGroups[] = {
#define SRT_GROUP(group, what) {group, what},
#include "lib/Kernel/Groups.def"
};
} // namespace

llvm::StringRef describedGroup(llvm::StringRef group) {
  const Group *found = llvm::find_if(
      kGroups, [&](const Group &each) { return each.name == group; });
  return found == std::end(kGroups) ? llvm::StringRef()
                                    : llvm::StringRef(found->what);
}

std::string describedAction(ir::ActionId action) {
  std::string text =
      "names a " + ir::resourceName(ir::resource(action)).str();
  std::string covered;
  for (ir::ActionId leaf : ir::leavesOf(action))
    if (leaf != action)
      covered += (covered.empty() ? "" : ", ") + ir::spelling(leaf).str();
  if (!covered.empty())
    text += "; covers " + covered;
  if (std::optional<ir::ActionId> parent = ir::parent(action))
    text += "; part of " + ir::spelling(*parent).str();
  return text;
}

/// One line of a page, if there is anything to say.
static std::string line(llvm::StringRef what, llvm::StringRef words) {
  if (words.empty())
    return {};
  return "\n- " + what.str() + ": `" + words.str() + "`";
}

std::string actionPage(ir::ActionId action) {
  return "**" + ir::spelling(action).str() + "** " + describedAction(action) +
         "\n" + line("Landlock", ir::rightNames(action)) +
         line("syscalls", ir::syscallNames(action)) +
         line("Seatbelt", ir::sbplOperations(action));
}

std::string describedSyscall(llvm::StringRef name) {
  std::string numbers, groups;
  for (kernel::Arch arch : kernel::allArchs())
    if (auto number = kernel::syscallNumber(name, arch))
      numbers += (numbers.empty() ? "" : ", ") + kernel::archName(arch).str() +
                 " " + std::to_string(*number);
  for (llvm::StringRef group : kernel::allGroups())
    if (kernel::isInGroup(name, group))
      groups += (groups.empty() ? "" : ", ") + group.str();
  std::string text = numbers;
  if (!groups.empty())
    text += "; in " + groups;
  llvm::StringRef reason = kernel::reasonOutsideDefault(name);
  if (!reason.empty())
    text += "; not in @default: " + reason.str();
  return text;
}

std::string describedCall(llvm::StringRef text) {
  llvm::StringRef name = text.take_until([](char c) { return c == '('; }).trim();
  if (!kernel::isSyscall(name))
    return {};
  return "**" + name.str() + "** " + describedSyscall(name);
}

} // namespace srt::lsp
