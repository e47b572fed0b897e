// tools/import/Paths.cpp: translates path patterns.
// SPDX-License-Identifier: Apache-2.0
#include "tools/import/Paths.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::import {

/// Where a pattern begins, taken off it: "/", "~/" or "./".
static std::string takeStart(llvm::StringRef &rest) {
  if (rest == "~" || rest.consume_front("~/")) {
    rest = rest == "~" ? "" : rest;
    return "~/";
  }
  if (rest.consume_front("/"))
    return "/";
  rest.consume_front("./");
  return "./";
}

/// A component with a `**` that stands for slashes too. At its end `*` is as much,
/// since what is beneath is covered; at its beginning `**/*` is. False for others.
static bool addOdd(llvm::StringRef part, std::vector<std::string> &out) {
  bool isFirst = part.consume_front("**");
  if (isFirst)
    out.push_back("**");
  bool isLast = part.consume_back("**");
  out.push_back((isFirst ? "*" : "") + part.str() + (isLast ? "*" : ""));
  return !part.contains("**");
}

/// A deny that is lost would open what it closed: that is an error.
static std::nullopt_t lose(llvm::StringRef written, llvm::StringRef where,
                           const char *why, Draft &draft) {
  if (where.contains_insensitive("deny"))
    draft.wrong("`" + where.str() + "` has `" + written.str() + "`: " + why);
  else
    draft.lose(where.str() + " " + written.str(), why);
  return std::nullopt;
}

bool hasWholeClasses(llvm::StringRef part) {
  for (size_t at = part.find_first_of("[]"); at != llvm::StringRef::npos;) {
    size_t end = part[at] == '[' ? part.find(']', at + 2) : llvm::StringRef::npos;
    if (end == llvm::StringRef::npos)
      return false;
    at = part.find_first_of("[]", end + 1);
  }
  return true;
}

std::optional<std::string> pathPattern(llvm::StringRef written,
                                       llvm::StringRef where, Draft &draft) {
  llvm::StringRef rest = written;
  std::string start = takeStart(rest);
  llvm::SmallVector<llvm::StringRef, 16> components;
  rest.split(components, '/', -1, /*KeepEmpty=*/false);
  std::vector<std::string> parts;
  for (llvm::StringRef part : components) {
    if (part == "..")
      return lose(written, where, "a `..` in a pattern", draft);
    if (!hasWholeClasses(part))
      return lose(written, where, "a bracket without its other", draft);
    bool isOdd = part != "**" && part.contains("**");
    if (isOdd && !addOdd(part, parts))
      return lose(written, where, "`**` stands for whole components only", draft);
    if (!isOdd && part != ".")
      parts.push_back(part.str());
  }
  // A pattern covers what is beneath it anyway.
  while (!parts.empty() && parts.back() == "**")
    parts.pop_back();
  std::string pattern = start + llvm::join(parts, "/");
  // `$` begins a param here; braces are no alternatives there.
  std::string out;
  for (char c : pattern) {
    if (llvm::StringRef("{}$\\").contains(c))
      out += '\\';
    out += c;
  }
  return out;
}

} // namespace srt::import
