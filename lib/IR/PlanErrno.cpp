// lib/IR/PlanErrno.cpp: the error numbers that have a name in plan text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/IR/PlanErrno.h"

namespace srt::ir {

namespace {
/// include/uapi/asm-generic/errno{-base,}.h, v6.12: the same on x86_64 and
/// aarch64. Only those that a plan refuses syscalls with.
struct Named {
  llvm::StringLiteral name;
  uint16_t error;
};
} // namespace

static constexpr Named kNamed[] = {
    {"eperm", 1}, {"eacces", 13}, {"enosys", 38}};

std::string errnoText(uint16_t error) {
  for (const Named &row : kNamed)
    if (row.error == error)
      return row.name.str();
  return std::to_string(error);
}

std::optional<uint16_t> readErrno(TextCursor &cursor) {
  for (const Named &row : kNamed)
    if (cursor.acceptWord(row.name))
      return row.error;
  auto number = cursor.number("`eperm`, `eacces`, `enosys` or a number", 65535);
  return number ? std::optional(uint16_t(*number)) : std::nullopt;
}

} // namespace srt::ir
