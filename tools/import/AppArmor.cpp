// tools/import/AppArmor.cpp: path rules of an AppArmor profile.
// SPDX-License-Identifier: Apache-2.0
//
// File rules map where the two languages mean the same (apparmor.d(5), "File
// access permissions" and "Globbing"); the rest is marked. A name without a
// slash at its end is a file there; here it covers what is beneath it, which for
// a file is nothing.
#include "tools/import/Draft.h"
#include "tools/import/Paths.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::import {

namespace {
/// `deny owner /path rwk,` taken apart.
struct FileRule {
  bool isDeny = false;
  std::string path;
  llvm::StringRef access;
};
} // namespace

/// What other kinds of rules begin with (apparmor.d(5), "RULES").
static bool isOtherKind(llvm::StringRef word) {
  static constexpr llvm::StringRef kKinds[] = {
      "capability", "network", "mount", "umount", "remount", "pivot_root",
      "ptrace", "signal", "dbus", "unix", "rlimit", "set", "change_profile",
      "link", "include", "#include", "abi", "userns", "io_uring", "mqueue",
      "file", "all", "hat", "alias"};
  return llvm::is_contained(kKinds, word);
}

/// Replaces the variables that every installation has.
static std::string expanded(llvm::StringRef path) {
  static constexpr std::pair<llvm::StringRef, llvm::StringRef> kVariables[] = {
      {"@{HOME}/", "~/"},     {"@{PROC}/", "/proc/"}, {"@{run}/", "/run/"},
      {"@{sys}/", "/sys/"},   {"@{pid}", "[0-9]*"},   {"@{pids}", "[0-9]*"},
      {"@{tid}", "[0-9]*"},   {"@{bin}/", "/usr/bin/"}, {"@{lib}/", "/usr/lib/"},
      {"@{etc_ro}/", "/etc/"}};
  std::string out = path.str();
  for (auto [name, value] : kVariables)
    for (size_t at; (at = out.find(name.str())) != std::string::npos;)
      out.replace(at, name.size(), value.str());
  return out;
}

/// Whether braces and brackets have their others, and nothing is a param here.
static bool isWhole(llvm::StringRef pattern) {
  int depth = 0;
  for (char c : pattern) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (depth < 0)
      return false;
  }
  llvm::SmallVector<llvm::StringRef, 16> parts;
  pattern.split(parts, '/');
  return depth == 0 && !pattern.contains("${") && !pattern.contains("[^") &&
         llvm::all_of(parts, hasWholeClasses);
}

/// `/a/**.so` is `/a/**/*.so` here, and a `**` elsewhere in a component nothing.
static std::optional<std::string> patternFor(llvm::StringRef path) {
  llvm::SmallVector<llvm::StringRef, 16> parts;
  path.split(parts, '/');
  std::vector<std::string> out;
  for (llvm::StringRef part : parts) {
    if (part == "**" || !part.contains("**")) {
      out.push_back(part.str());
      continue;
    }
    if (!part.consume_front("**") || part.contains("**"))
      return std::nullopt;
    out.push_back("**");
    out.push_back("*" + part.str());
  }
  std::string pattern = llvm::join(out, "/");
  return isWhole(pattern) ? std::optional(pattern) : std::nullopt;
}

/// The actions of a rule, or nothing if a letter is none.
static std::optional<std::vector<std::string>> actionsFor(llvm::StringRef access,
                                                          bool &runs) {
  std::vector<std::string> actions;
  for (char letter : access) {
    switch (letter) {
    case 'r':
      actions.push_back("read");
      break;
    case 'w':
      actions.push_back("write");
      break;
    case 'a':
      actions.push_back("write.data");
      break;
    case 'l':
      actions.push_back("write.link");
      break;
    case 'x':
      runs = true;
      break;
    case 'm': // mapped as code: whoever may read may do that here
    case 'k': // locks are not restricted here
    case 'i': case 'p': case 'P': case 'c': case 'C': case 'u': case 'U':
      break; // under which profile it goes on: always this one
    default:
      return std::nullopt;
    }
  }
  return actions;
}

/// A directory itself, not what is in it.
static std::string patternList(const std::string &pattern) {
  llvm::StringRef folder = pattern;
  if (!folder.consume_back("/") || folder.empty())
    return quoted(pattern);
  return quoted(folder) + " except " + quoted(folder.str() + "/*");
}

static void addFileRule(const FileRule &rule, llvm::StringRef line, Draft &draft) {
  bool runs = false;
  std::optional<std::vector<std::string>> actions = actionsFor(rule.access, runs);
  std::optional<std::string> pattern = patternFor(rule.path);
  if (!actions || !pattern || rule.path.find("@{") != std::string::npos) {
    draft.lose(line.str(), !actions   ? "its permissions are not known"
                           : !pattern ? "its pattern has no like here"
                                      : "its variable is not known");
    return;
  }
  std::string effect = rule.isDeny ? "deny " : "allow ";
  // Reads of a directory are its list; stat(2) cannot be denied on Linux.
  if (rule.isDeny)
    for (std::string &action : *actions)
      action = action == "read" ? "read.data, read.list" : action;
  if (!actions->empty())
    draft.say(effect + llvm::join(*actions, ", ") + " " + patternList(*pattern) + ";");
  if (runs)
    draft.say(effect + "exec " + quoted(*pattern) + ";");
}

/// Takes a path off the front, quoted or not.
static std::string takePath(llvm::StringRef &rest) {
  rest = rest.ltrim();
  if (rest.consume_front("\"")) {
    auto [path, behind] = rest.split('"');
    rest = behind;
    return path.str();
  }
  auto [path, behind] = rest.split(' ');
  rest = behind;
  return path.str();
}

static void readLine(llvm::StringRef line, Draft &draft) {
  llvm::StringRef rest = line;
  if (!rest.consume_back(",") && !rest.starts_with("include") &&
      !rest.starts_with("#include")) {
    draft.wrong("`" + line.str() + "` has no `,` at its end");
    return;
  }
  FileRule rule;
  bool isOwner = false;
  for (bool isPrefix = true; isPrefix;) {
    rest = rest.ltrim();
    bool isDeny = rest.consume_front("deny ");
    bool isOnlyOwner = rest.consume_front("owner ");
    isPrefix = isDeny || isOnlyOwner || rest.consume_front("audit ") ||
               rest.consume_front("allow ");
    rule.isDeny |= isDeny;
    isOwner |= isOnlyOwner;
  }
  if (isOtherKind(rest.split(' ').first) && !rest.starts_with("file /")) {
    draft.lose(line.str(), "only rules on paths are");
    return;
  }
  rest.consume_front("file ");
  rule.path = expanded(takePath(rest));
  bool isPath = llvm::StringRef(rule.path).starts_with("/") ||
                llvm::StringRef(rule.path).starts_with("~/") ||
                llvm::StringRef(rule.path).starts_with("@{");
  if (!isPath) {
    draft.wrong("`" + line.str() + "` is no rule that is known here");
    return;
  }
  rule.access = rest.split("->").first.trim();
  if (isOwner)
    draft.note("There for files of the user's own only:");
  addFileRule(rule, line, draft);
}

/// A line without its comment, or the line itself if that is an `#include`.
static llvm::StringRef uncommented(llvm::StringRef line) {
  line = line.trim();
  if (line.starts_with("#include"))
    return line;
  return line.take_until([](char c) { return c == '#'; }).trim();
}

Imported importAppArmor(llvm::StringRef text) {
  Draft draft;
  draft.head("// Imported from an AppArmor profile. Read it before you use it: what "
             "could not be carried is marked.");
  llvm::SmallVector<llvm::StringRef, 0> lines;
  text.split(lines, '\n', -1, /*KeepEmpty=*/false);
  unsigned depth = 0;
  for (llvm::StringRef whole : lines) {
    llvm::StringRef line = uncommented(whole);
    if (line.ends_with("{")) {
      ++depth;
      if (depth > 1)
        draft.lose(line.drop_back().trim().str(), "profiles and hats within are not");
    } else if (line == "}" || line == "},") {
      depth -= depth != 0;
    } else if (depth == 1 && !line.empty()) {
      readLine(line, draft);
    } else if (depth == 0 && !line.empty() && !line.starts_with("@{")) {
      draft.lose(line.str(), "it stands outside of the profile");
    }
  }
  draft.note("Capabilities are always given up; signals stay in the sandbox.");
  return draft.finish("imported");
}

} // namespace srt::import
