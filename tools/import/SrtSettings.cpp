// tools/import/SrtSettings.cpp: the settings file of the npm package `srt`.
// SPDX-License-Identifier: Apache-2.0
//
// Reads as there: everything may be read but `denyRead`, of which `allowRead`
// lifts what lies beneath it; nothing may be written but `allowWrite`, of which
// `denyWrite` always takes away. Its mandatory denies come along.
#include "tools/import/Domains.h"
#include "tools/import/Paths.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::import {

static constexpr llvm::StringRef kTop[] = {
    "network", "filesystem", "credentials", "ignoreViolations",
    "enableWeakerNestedSandbox", "allowNestedUserNamespaces",
    "enableWeakerNetworkIsolation", "allowAppleEvents", "allowPty", "ripgrep",
    "mandatoryDenySearchDepth", "seccomp", "bwrapPath", "socatPath",
    "javaAgentJarPath", "git", "windows"};
static constexpr llvm::StringRef kNetwork[] = {
    "allowedDomains", "deniedDomains", "deniedDomainReasons", "strictAllowlist",
    "deniedResolvedAddresses", "allowUnixSockets", "allowAllUnixSockets",
    "allowLocalBinding", "allowMachLookup", "httpProxyPort", "socksProxyPort",
    "mitmProxy", "parentProxy", "tlsTerminate", "allowPlaintextHeaderSet",
    "stripResponseHeaders", "refuseOpaqueTunnels", "requireHostMatch",
    "ambiguousRequestTarget"};
static constexpr llvm::StringRef kFilesystem[] = {
    "disabled", "denyRead", "allowRead", "allowWrite", "denyWrite",
    "allowGitConfig"};

namespace {
/// A path in one of the lists.
struct Listed {
  std::string written;
  std::string pattern;
};

class Reader {
public:
  explicit Reader(Draft &draft) : draft(draft) {}
  void readAll(const llvm::json::Object &top);

private:
  std::vector<Listed> list(const llvm::json::Object &object, llvm::StringRef key);
  std::optional<Listed> entry(const llvm::json::Value &item, llvm::StringRef key);
  const llvm::json::Object *part(const llvm::json::Object &top, llvm::StringRef key,
                                 llvm::ArrayRef<llvm::StringRef> known,
                                 llvm::ArrayRef<llvm::StringRef> required);
  void readFiles(const llvm::json::Object &files);
  void readReads(const llvm::json::Object &files);
  void readWrites(const llvm::json::Object &files);
  void addMandatory(bool allowsGitConfig);
  void readNetwork(const llvm::json::Object &network);
  void readSockets(const llvm::json::Object &network);
  void readCredentials(const llvm::json::Object &top);
  void loseRest(const llvm::json::Object &object, llvm::StringRef where,
                llvm::ArrayRef<llvm::StringRef> keys, const char *why);

  Draft &draft;
};
} // namespace

/// Reads a path, or `{"path": ..., "literal": true}`.
std::optional<Listed> Reader::entry(const llvm::json::Value &item,
                                    llvm::StringRef key) {
  if (std::optional<llvm::StringRef> text = item.getAsString()) {
    std::optional<std::string> pattern = pathPattern(*text, key, draft);
    return pattern ? std::optional(Listed{text->str(), *pattern}) : std::nullopt;
  }
  const llvm::json::Object *object = item.getAsObject();
  std::optional<llvm::StringRef> path;
  if (object) {
    checkKeys(*object, (key + "[].").str(), {"path", "literal"}, draft);
    path = object->getString("path");
  }
  if (!path) {
    draft.wrong("`filesystem." + key.str() + "` holds what is no path");
    return std::nullopt;
  }
  bool isLiteral = object->getBoolean("literal").value_or(false);
  std::optional<std::string> pattern = pathPattern(*path, key, draft);
  if (!pattern)
    return std::nullopt;
  // Only the wildcards are left; pathPattern has escaped the rest.
  std::string exact;
  for (char c : *pattern) {
    if (isLiteral && llvm::StringRef("*?[]").contains(c))
      exact += '\\';
    exact += c;
  }
  return Listed{path->str(), exact};
}

std::vector<Listed> Reader::list(const llvm::json::Object &object,
                                 llvm::StringRef key) {
  std::vector<Listed> listed;
  const llvm::json::Value *value = object.get(key);
  const llvm::json::Array *array = value ? value->getAsArray() : nullptr;
  if (value && !array)
    draft.wrong("`filesystem." + key.str() + "` is no list");
  for (size_t i = 0; array && i < array->size(); ++i)
    if (std::optional<Listed> each = entry((*array)[i], key))
      listed.push_back(*each);
  return listed;
}

static bool isBeneath(llvm::StringRef inner, llvm::StringRef outer) {
  if (!inner.consume_front(outer))
    return false;
  return inner.empty() || outer.ends_with("/") || inner.starts_with("/");
}

/// What is denied but for what lies beneath it and is allowed again; a denied
/// place beneath that is denied by its own statement.
void Reader::readReads(const llvm::json::Object &files) {
  std::vector<Listed> allowed = list(files, "allowRead");
  draft.say("allow read \"/\";");
  for (const Listed &denied : list(files, "denyRead")) {
    std::vector<std::string> excepts;
    for (const Listed &each : allowed)
      if (isBeneath(each.pattern, denied.pattern))
        excepts.push_back(quoted(each.pattern));
    draft.say("deny read.data, read.list " + quoted(denied.pattern) +
              (excepts.empty() ? "" : " except " + llvm::join(excepts, ", ")) +
              ";");
  }
}

void Reader::readWrites(const llvm::json::Object &files) {
  draft.note("Always open there: standard devices, logs and scratch space.");
  draft.say("allow write.data \"/dev/null\", \"/dev/zero\", \"/dev/tty\";");
  draft.say("allow write \"/tmp/claude\", \"~/.npm/_logs\", \"~/.claude/debug\";");
  for (const Listed &each : list(files, "allowWrite"))
    draft.say("allow write " + quoted(each.pattern) + ";");
  for (const Listed &each : list(files, "denyWrite"))
    draft.say("deny write " + quoted(each.pattern) + ";");
}

void Reader::addMandatory(bool allowsGitConfig) {
  draft.note("Denied there whatever the settings say. Here wherever they lie in "
             "the project, at any depth.");
  for (const char *name :
       {".gitconfig", ".gitmodules", ".bashrc", ".bash_profile", ".zshrc",
        ".zprofile", ".profile", ".ripgreprc", ".mcp.json", ".vscode", ".idea",
        ".claude/commands", ".claude/agents", ".git/hooks"})
    draft.say("sealed deny write " + quoted(std::string("./**/") + name) + ";");
  if (!allowsGitConfig)
    draft.say("sealed deny write \"./**/.git/config\";");
}

void Reader::readFiles(const llvm::json::Object &files) {
  bool isDisabled = files.getBoolean("disabled").value_or(false);
  draft.note("Files.");
  if (isDisabled) {
    draft.say("allow read, write \"/\";");
  } else {
    readReads(files);
    readWrites(files);
    addMandatory(files.getBoolean("allowGitConfig").value_or(false));
  }
  draft.note("Programs and variables are not restricted there.");
  draft.say("allow exec \"/\";");
  draft.say("allow ioctl \"/dev\";");
  draft.say("pass env \"*\";");
}

void Reader::readSockets(const llvm::json::Object &network) {
  std::vector<std::string> sockets =
      textsOf(network, "allowUnixSockets", "network.", draft);
  for (const std::string &path : sockets)
    if (std::optional<std::string> pattern =
            pathPattern(path, "allowUnixSockets", draft))
      draft.say("on macos { allow connect " + quoted("unix:" + *pattern) + "; }");
  if (network.getBoolean("allowAllUnixSockets").value_or(false))
    draft.say("allow connect \"unix:/**\", \"unix:@*\";");
  if (network.getBoolean("allowLocalBinding").value_or(false))
    draft.say("on macos { allow bind \"*:*\"; allow connect \"127.0.0.1:*\"; }");
  for (const std::string &name :
       textsOf(network, "allowMachLookup", "network.", draft))
    draft.say("on macos { allow mach " + quoted(name) + "; }");
}

void Reader::readNetwork(const llvm::json::Object &network) {
  draft.note("Network: nothing but this.");
  for (const std::string &domain :
       textsOf(network, "allowedDomains", "network.", draft))
    if (auto endpoint = endpointFor(domain, "network.allowedDomains",
                                    Wildcards::Two, draft))
      draft.say("allow connect " + quoted(*endpoint) + ";");
  for (const std::string &domain :
       textsOf(network, "deniedDomains", "network.", draft))
    if (auto endpoint = endpointFor(domain, "network.deniedDomains",
                                    Wildcards::Any, draft))
      draft.say("deny connect " + quoted(*endpoint) + ";");
  for (const std::string &address :
       textsOf(network, "deniedResolvedAddresses", "network.", draft))
    draft.say("deny connect " +
              quoted((llvm::StringRef(address).contains(':') ? "[" + address + "]"
                                                             : address) + ":*") + ";");
  readSockets(network);
  loseRest(network, "network.", {"deniedDomainReasons"},
           "a rule's reason is its place in this file");
  loseRest(network, "network.", {"httpProxyPort", "socksProxyPort", "mitmProxy",
                                 "parentProxy", "tlsTerminate",
                                 "allowPlaintextHeaderSet", "stripResponseHeaders",
                                 "refuseOpaqueTunnels", "requireHostMatch",
                                 "ambiguousRequestTarget"},
           "nothing stands between the command and the host here");
}

void Reader::loseRest(const llvm::json::Object &object, llvm::StringRef where,
                      llvm::ArrayRef<llvm::StringRef> keys, const char *why) {
  for (llvm::StringRef key : keys)
    if (object.get(key))
      draft.lose((where + key).str(), why);
}

/// A masked credential is a denied one here: narrower.
void Reader::readCredentials(const llvm::json::Object &top) {
  const llvm::json::Object *credentials = top.getObject("credentials");
  if (!credentials)
    return;
  checkKeys(*credentials, "credentials.",
            {"files", "envVars", "allowPlaintextInject", "awsPairs", "sigv4"}, draft);
  draft.note("Credentials: denied; nothing is put in their place.");
  for (llvm::StringRef kind : {"files", "envVars"}) {
    const llvm::json::Array *array = credentials->getArray(kind);
    for (size_t i = 0; array && i < array->size(); ++i) {
      const llvm::json::Object *object = (*array)[i].getAsObject();
      bool isFile = kind == "files";
      std::optional<llvm::StringRef> name =
          object ? object->getString(isFile ? "path" : "name") : std::nullopt;
      if (!name)
        draft.wrong("`credentials." + kind.str() + "` holds what has no name");
      else if (!isFile)
        draft.say("unset env " + quoted(*name) + ";");
      else if (auto pattern = pathPattern(*name, "credentials.files", draft))
        draft.say("sealed deny read.data " + quoted(*pattern) + ";");
    }
  }
}

const llvm::json::Object *Reader::part(const llvm::json::Object &top,
                                       llvm::StringRef key,
                                       llvm::ArrayRef<llvm::StringRef> known,
                                       llvm::ArrayRef<llvm::StringRef> required) {
  const llvm::json::Object *object = top.getObject(key);
  if (!object) {
    draft.wrong("`" + key.str() + "` is missing, or no object");
    return nullptr;
  }
  checkKeys(*object, (key + ".").str(), known, draft);
  for (llvm::StringRef each : required)
    if (!object->get(each))
      draft.wrong("`" + key.str() + "." + each.str() + "` is missing");
  return object;
}

void Reader::readAll(const llvm::json::Object &top) {
  checkKeys(top, "", kTop, draft);
  const llvm::json::Object *files = part(top, "filesystem", kFilesystem,
                                         {"denyRead", "allowWrite", "denyWrite"});
  const llvm::json::Object *network =
      part(top, "network", kNetwork, {"allowedDomains", "deniedDomains"});
  if (!files || !network)
    return;
  readFiles(*files);
  readNetwork(*network);
  readCredentials(top);
  for (llvm::StringRef key : llvm::ArrayRef(kTop).drop_front(3))
    loseRest(top, "", {key}, "it is about how that tool works");
}

Imported importSrtSettings(llvm::StringRef text) {
  Draft draft;
  draft.head("// Imported from srt-settings. Read it before you use it: what could "
             "not be carried is marked.");
  if (std::optional<llvm::json::Object> top = readObject(text, draft))
    Reader(draft).readAll(*top);
  return draft.finish("imported");
}

} // namespace srt::import
