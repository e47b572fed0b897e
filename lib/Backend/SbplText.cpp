// lib/Backend/SbplText.cpp: user bytes as Seatbelt profile text.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Backend/SbplText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cassert>

namespace srt::backend {

/// Why `byte` may not stand in a literal; empty if it may.
static llvm::StringRef objection(uint8_t byte) {
  if (byte >= 0x80)
    return "it has bytes outside ASCII, on which some versions of macOS "
           "abort; pass the path as a param";
  if (byte < 0x20 || byte == 0x7f)
    return "it has a control byte";
  return "";
}

std::optional<std::string> quoted(llvm::StringRef bytes, std::string &why) {
  if (bytes.size() > kMaxSbplLiteral) {
    why = "a string in a profile has at most " +
          std::to_string(kMaxSbplLiteral) + " bytes";
    return std::nullopt;
  }
  std::string text = "\"";
  for (char c : bytes) {
    if (llvm::StringRef bad = objection(uint8_t(c)); !bad.empty()) {
      why = bad.str();
      return std::nullopt;
    }
    if (c == '"' || c == '\\')
      text += '\\';
    text += c;
  }
  return text + '"';
}

std::string sbplParamName(const ir::Policy &policy, ir::ParamId param) {
  assert(param.value < policy.params.size());
  llvm::StringRef name = policy.params[param.value].name;
  auto plain = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  if (!name.empty() && name.size() <= 64 && llvm::all_of(name, plain))
    return "P_" + name.str();
  // No underscore after the P, so it cannot be the name of another param.
  return "PX" + std::to_string(param.value);
}

std::string form(llvm::StringRef head, llvm::ArrayRef<std::string> parts) {
  std::string text = "(" + head.str();
  for (const std::string &part : parts)
    text += " " + part;
  return text + ")";
}

std::string anyOf(llvm::ArrayRef<std::string> filters) {
  assert(!filters.empty());
  return filters.size() == 1 ? filters.front() : form("require-any", filters);
}

} // namespace srt::backend
