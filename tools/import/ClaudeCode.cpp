// tools/import/ClaudeCode.cpp: permission and sandbox blocks of Claude Code's
// settings.json. SPDX-License-Identifier: Apache-2.0
//
// Other blocks of that file are about other things and are passed over. Within
// the two blocks, unknown keys and rules are errors.
#include "tools/import/Domains.h"
#include "tools/import/Paths.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace srt::import {

static constexpr llvm::StringRef kPermissions[] = {
    "allow", "ask", "deny", "additionalDirectories", "defaultMode",
    "disableBypassPermissionsMode"};
static constexpr llvm::StringRef kSandbox[] = {
    "enabled", "autoAllowBashIfSandboxed", "excludedCommands",
    "allowUnsandboxedCommands", "failIfUnavailable", "network", "filesystem",
    "enableWeakerNestedSandbox", "ignoreViolations"};
static constexpr llvm::StringRef kFilesystem[] = {"allowWrite", "denyWrite",
                                                  "allowRead", "denyRead"};
static constexpr llvm::StringRef kNetwork[] = {
    "allowedDomains", "deniedDomains", "allowUnixSockets", "allowAllUnixSockets",
    "allowLocalBinding", "httpProxyPort", "socksProxyPort"};

namespace {
/// `Bash(git diff:*)` taken apart.
struct Rule {
  std::string effect; // "allow", "ask" or "deny"
  std::string whole;  // as written
  llvm::StringRef tool;
  llvm::StringRef inside; // empty: all that the tool does
};
} // namespace

/// The words of a command pattern. `:*` and ` *` at the end are any rest.
static std::string commandPattern(llvm::StringRef inside) {
  bool isOpen = inside.consume_back(":*") || inside.consume_back(" *") ||
                inside == "*";
  llvm::SmallVector<llvm::StringRef, 8> words;
  inside.split(words, ' ', -1, /*KeepEmpty=*/false);
  std::string pattern = llvm::join(words, " ");
  // Without further words any arguments will do.
  return isOpen && words.size() > 1 ? pattern + " **" : pattern;
}

static void addBash(const Rule &rule, Draft &draft) {
  if (rule.inside.empty() || rule.inside == "*") {
    draft.say(rule.effect + " exec \"/\";");
    return;
  }
  // What a shell makes of it, nobody knows before it runs.
  if (rule.inside.find_first_of("|&;<>$`\\(){}\"'") != llvm::StringRef::npos) {
    draft.lose(rule.effect + " " + rule.whole, "a line for a shell is no command");
    return;
  }
  if (rule.inside.contains('=') && !rule.inside.contains(' ')) {
    draft.lose(rule.effect + " " + rule.whole, "an assignment is no command");
    return;
  }
  std::string pattern = commandPattern(rule.inside);
  // There, a rule without `*` is the very command; here it has any arguments.
  bool isWord = !llvm::StringRef(pattern).contains(' ');
  bool isExact = isWord && !rule.inside.contains('*');
  if (isExact && rule.effect == "allow")
    draft.note("There without arguments only; here with any:");
  draft.say(rule.effect + " exec " + quoted(pattern) + ";");
}

/// `//x` is absolute, `/x` begins where the settings lie, `x` anywhere below:
/// like the ignore files of git.
static std::optional<std::string> filePattern(const Rule &rule, Draft &draft) {
  llvm::StringRef path = rule.inside;
  std::string written = path.str();
  if (path.consume_front("//"))
    written = "/" + path.str();
  else if (path.consume_front("/"))
    written = "./" + path.str();
  else if (!path.starts_with("~/") && !path.starts_with("./") &&
           !path.rtrim('/').contains('/'))
    written = "./**/" + path.str();
  return pathPattern(written, rule.effect + " " + rule.whole, draft);
}

static void addFile(const Rule &rule, llvm::StringRef actions, Draft &draft) {
  if (rule.inside.empty()) {
    draft.say(rule.effect + " " + actions.str() + " \"/\";");
    return;
  }
  std::optional<std::string> pattern = filePattern(rule, draft);
  if (pattern)
    draft.say(rule.effect + " " + actions.str() + " " + quoted(*pattern) + ";");
}

static void addFetch(const Rule &rule, Draft &draft) {
  llvm::StringRef domain = rule.inside;
  if (domain.empty()) {
    draft.say(rule.effect + " connect \"*:443\";");
  } else if (!domain.consume_front("domain:")) {
    draft.wrong("`" + rule.whole + "`: WebFetch rules name a domain");
  } else if (auto endpoint = endpointFor(domain, rule.whole, Wildcards::Any, draft)) {
    llvm::StringRef found = *endpoint;
    found.consume_back(":*");
    draft.say(rule.effect + " connect " +
              quoted(found.contains(':') ? found.str() : found.str() + ":443") + ";");
  }
}

static void addRule(const Rule &rule, Draft &draft) {
  bool isAllow = rule.effect == "allow";
  if (rule.tool == "Bash")
    addBash(rule, draft);
  else if (rule.tool == "Read")
    addFile(rule, isAllow ? "read" : "read.data, read.list", draft);
  else if (rule.tool == "Edit" || rule.tool == "Write" ||
           rule.tool == "NotebookEdit" || rule.tool == "MultiEdit")
    addFile(rule, "write", draft);
  else if (rule.tool == "WebFetch")
    addFetch(rule, draft);
  else
    draft.lose(rule.effect + " " + rule.whole,
               "it is about a tool of the agent, not about commands");
}

static void readRules(const llvm::json::Object &permissions,
                      llvm::StringRef effect, Draft &draft) {
  for (const std::string &text :
       textsOf(permissions, effect, "permissions.", draft)) {
    Rule rule{effect.str(), text, llvm::StringRef(text).split('(').first, ""};
    llvm::StringRef rest = llvm::StringRef(text).drop_front(rule.tool.size());
    bool isWhole = rest.empty() || (rest.consume_front("(") && rest.consume_back(")"));
    bool isNamed = !rule.tool.empty() &&
                   llvm::all_of(rule.tool, [](char c) {
                     return llvm::isAlnum(c) || c == '_' || c == '-' || c == '*';
                   });
    if (!isWhole || !isNamed) {
      draft.wrong("`permissions." + effect.str() + "` has `" + text +
                  "`, which is no rule: TOOL or TOOL(WHAT)");
      continue;
    }
    rule.inside = rest.trim();
    addRule(rule, draft);
  }
}

static void readPermissions(const llvm::json::Object &permissions, Draft &draft) {
  checkKeys(permissions, "permissions.", kPermissions, draft);
  draft.note("Permissions.");
  readRules(permissions, "allow", draft);
  readRules(permissions, "ask", draft);
  readRules(permissions, "deny", draft);
  for (const std::string &folder :
       textsOf(permissions, "additionalDirectories", "permissions.", draft))
    if (auto pattern = pathPattern(folder, "additionalDirectories", draft))
      draft.say("allow read, write " + quoted(*pattern) + ";");
}

static void addPaths(const llvm::json::Object &files, llvm::StringRef key,
                     llvm::StringRef statement, Draft &draft) {
  for (const std::string &path : textsOf(files, key, "sandbox.filesystem.", draft)) {
    // `//x` and `/x` are both absolute in this block.
    llvm::StringRef plain = path;
    if (plain.starts_with("//"))
      plain = plain.drop_front();
    if (auto pattern = pathPattern(plain, key, draft))
      draft.say(statement.str() + " " + quoted(*pattern) + ";");
  }
}

static void addDomains(const llvm::json::Object &network, llvm::StringRef key,
                       llvm::StringRef effect, Draft &draft) {
  for (const std::string &domain : textsOf(network, key, "sandbox.network.", draft))
    if (auto endpoint = endpointFor(domain, ("sandbox.network." + key).str(),
                                    Wildcards::Any, draft))
      draft.say(effect.str() + " connect " + quoted(*endpoint) + ";");
}

static void readSandboxNetwork(const llvm::json::Object &network, Draft &draft) {
  checkKeys(network, "sandbox.network.", kNetwork, draft);
  addDomains(network, "allowedDomains", "allow", draft);
  addDomains(network, "deniedDomains", "deny", draft);
  for (const std::string &path :
       textsOf(network, "allowUnixSockets", "sandbox.network.", draft))
    if (auto pattern = pathPattern(path, "allowUnixSockets", draft))
      draft.say("on macos { allow connect " + quoted("unix:" + *pattern) + "; }");
  for (llvm::StringRef key : {"allowAllUnixSockets", "allowLocalBinding",
                              "httpProxyPort", "socksProxyPort"})
    if (network.get(key))
      draft.lose(("sandbox.network." + key).str(), "say what may be bound or "
                                                   "connected to, by name");
}

static void readSandbox(const llvm::json::Object &sandbox, Draft &draft) {
  checkKeys(sandbox, "sandbox.", kSandbox, draft);
  draft.note("Sandbox: everything may be read and started, the project written.");
  draft.say("allow read \"/\";");
  draft.say("allow exec \"/\";");
  if (const llvm::json::Object *files = sandbox.getObject("filesystem")) {
    checkKeys(*files, "sandbox.filesystem.", kFilesystem, draft);
    addPaths(*files, "allowWrite", "allow write", draft);
    addPaths(*files, "denyWrite", "deny write", draft);
    addPaths(*files, "denyRead", "deny read.data, read.list", draft);
    if (files->get("allowRead"))
      draft.lose("sandbox.filesystem.allowRead",
                 "write it as `except` of the deny that it lifts");
  }
  if (const llvm::json::Object *network = sandbox.getObject("network"))
    readSandboxNetwork(*network, draft);
  for (const std::string &command :
       textsOf(sandbox, "excludedCommands", "sandbox.", draft))
    draft.lose("excludedCommands " + command, "no command runs outside");
}

Imported importClaudeCode(llvm::StringRef text) {
  Draft draft;
  draft.head("// Imported from claude-code. Read it before you use it: what could "
             "not be carried is marked.");
  std::optional<llvm::json::Object> top = readObject(text, draft);
  if (!top)
    return draft.finish("imported");
  for (const char *name : {"base", "tools", "startup"})
    draft.head(std::string("import \"std/") + name + ".srt\";");
  draft.note("The project.");
  draft.say("allow read, write \"./\";");
  if (const llvm::json::Object *permissions = top->getObject("permissions"))
    readPermissions(*permissions, draft);
  if (const llvm::json::Object *sandbox = top->getObject("sandbox"))
    if (sandbox->getBoolean("enabled").value_or(false))
      readSandbox(*sandbox, draft);
  return draft.finish("imported extends base, tools, startup");
}

} // namespace srt::import
