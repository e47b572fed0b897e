// lib/Driver/Depfile.cpp: what an output depends on, for Make and Ninja.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Depfile.h"

#include "lib/Diag/Diagnostic.h"

namespace srt {

/// Why `name` may not stand in a depfile; empty if it may.
static llvm::StringRef objection(llvm::StringRef name) {
  if (name.empty())
    return "it is empty";
  for (char c : name)
    if (uint8_t(c) < 0x20 || c == 0x7f)
      return "it has a control character";
  // Make takes them for patterns and wildcards, and has no escape that Ninja
  // reads as well.
  if (name.find_first_of("%*?[]|;&\\") != llvm::StringRef::npos)
    return "it has one of the characters %*?[]|;&\\";
  if (name.starts_with("~"))
    return "Make would replace its `~`; write `./~`";
  return {};
}

/// Appends `name` with spaces, `#`, `$` and `:` escaped.
static void appendName(std::string &text, llvm::StringRef name) {
  for (char c : name) {
    if (c == '$')
      text += '$';
    else if (c == ' ' || c == '#' || c == ':')
      text += '\\';
    text += c;
  }
}

static bool areSayable(llvm::ArrayRef<std::string> names,
                       std::string &problem) {
  for (const std::string &name : names) {
    llvm::StringRef why = objection(name);
    if (why.empty())
      continue;
    problem = "`" + shown(name, 4096) + "` cannot stand in it: " + why.str();
    return false;
  }
  return true;
}

std::optional<std::string> depfileText(llvm::ArrayRef<std::string> targets,
                                       llvm::ArrayRef<std::string> files,
                                       PhonyRules phony,
                                       std::string &problem) {
  std::vector<std::string> all(targets.begin(), targets.end());
  all.insert(all.end(), files.begin(), files.end());
  if (!areSayable(all, problem))
    return std::nullopt;
  std::string text;
  for (const std::string &target : targets) {
    text += text.empty() ? "" : " ";
    appendName(text, target);
  }
  text += ':';
  for (const std::string &file : files) {
    text += " \\\n  ";
    appendName(text, file);
  }
  text += '\n';
  if (phony == PhonyRules::Yes && !files.empty())
    for (const std::string &file : files.drop_front()) {
      appendName(text, file);
      text += ":\n";
    }
  return text;
}

} // namespace srt
