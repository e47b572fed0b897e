// tools/import/OciSeccomp.cpp: seccomp profiles of containers.
// SPDX-License-Identifier: Apache-2.0
//
// The `linux.seccomp` object of the OCI runtime specification (config-linux.md,
// "Seccomp"), and the form with `includes` and `excludes` that container engines
// read. Says nothing of files and hosts, so neither does the policy.
#include "tools/import/Draft.h"

#include "lib/Kernel/Syscalls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace srt::import {

static constexpr llvm::StringRef kTop[] = {
    "defaultAction", "defaultErrnoRet", "architectures", "archMap", "syscalls",
    "flags", "listenerPath", "listenerMetadata"};
static constexpr llvm::StringRef kEntry[] = {"names", "name", "action", "errnoRet",
                                             "args", "comment", "includes", "excludes"};
static constexpr llvm::StringRef kArg[] = {"index", "value", "valueTwo", "op"};
static constexpr llvm::StringRef kWhen[] = {"caps", "arches", "minKernel"};

namespace {
enum class Action { Allow, Deny, Unknown };
} // namespace

static Action actionNamed(llvm::StringRef name) {
  return llvm::StringSwitch<Action>(name)
      .Cases({"SCMP_ACT_ALLOW", "SCMP_ACT_LOG"}, Action::Allow)
      .Cases({"SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD",
              "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_TRAP"},
             Action::Deny)
      .Cases({"SCMP_ACT_TRACE", "SCMP_ACT_NOTIFY"}, Action::Deny)
      .Default(Action::Unknown);
}

/// `arg1 & 0x3 == 0x1`, or nothing after a report.
static std::optional<std::string> testFor(const llvm::json::Object &arg,
                                          Draft &draft) {
  checkKeys(arg, "syscalls[].args[].", kArg, draft);
  std::optional<int64_t> index = arg.getInteger("index");
  const llvm::json::Value *value = arg.get("value");
  std::optional<uint64_t> number = value ? value->getAsUINT64() : std::nullopt;
  const llvm::json::Value *second = arg.get("valueTwo");
  uint64_t other = second ? second->getAsUINT64().value_or(0) : 0;
  llvm::StringRef op = arg.getString("op").value_or("");
  std::string sign = llvm::StringSwitch<std::string>(op)
                         .Case("SCMP_CMP_EQ", "==")
                         .Case("SCMP_CMP_NE", "!=")
                         .Case("SCMP_CMP_LT", "<")
                         .Case("SCMP_CMP_LE", "<=")
                         .Case("SCMP_CMP_GT", ">")
                         .Case("SCMP_CMP_GE", ">=")
                         .Case("SCMP_CMP_MASKED_EQ", "&")
                         .Default("");
  if (!index || *index < 0 || *index > 5 || !number || sign.empty()) {
    draft.wrong("an entry of `syscalls[].args` has no index, value or op that counts");
    return std::nullopt;
  }
  std::string name = "arg" + std::to_string(*index);
  std::string first = std::to_string(*number);
  return sign == "&" ? name + " & " + first + " == " + std::to_string(other)
                     : name + " " + sign + " " + first;
}

/// The tests of an entry in parentheses; empty without any.
static std::optional<std::string> testsFor(const llvm::json::Object &entry,
                                           Draft &draft) {
  const llvm::json::Array *args = entry.getArray("args");
  if (!args || args->empty())
    return std::string();
  std::vector<std::string> tests;
  for (const llvm::json::Value &arg : *args) {
    const llvm::json::Object *object = arg.getAsObject();
    std::optional<std::string> test = object ? testFor(*object, draft) : std::nullopt;
    if (!test)
      return std::nullopt;
    tests.push_back(*test);
  }
  return "(" + llvm::join(tests, ", ") + ")";
}

static std::vector<std::string> namesOf(const llvm::json::Object &entry, Draft &draft) {
  std::vector<std::string> names = textsOf(entry, "names", "syscalls[].", draft);
  if (std::optional<llvm::StringRef> name = entry.getString("name"))
    names.push_back(name->str());
  if (names.empty())
    draft.wrong("an entry of `syscalls` names no syscall");
  return names;
}

/// Whether an entry counts for a process without capabilities on x86_64 or
/// aarch64: what `includes` asks for must be so, what `excludes` names not.
static bool isFor(const llvm::json::Object &entry, Draft &draft) {
  const llvm::json::Object *includes = entry.getObject("includes");
  const llvm::json::Object *excludes = entry.getObject("excludes");
  for (const llvm::json::Object *when : {includes, excludes})
    if (when)
      checkKeys(*when, "syscalls[].includes.", kWhen, draft);
  if (includes && !textsOf(*includes, "caps", "includes.", draft).empty())
    return false;
  auto isOurs = [](const std::string &arch) {
    return arch == "amd64" || arch == "arm64" || arch == "SCMP_ARCH_X86_64" ||
           arch == "SCMP_ARCH_AARCH64";
  };
  if (!includes)
    return true;
  std::vector<std::string> arches = textsOf(*includes, "arches", "includes.", draft);
  return arches.empty() || llvm::any_of(arches, isOurs);
}

/// The patterns of an entry: what Linux has no call of that name for is left out,
/// as there.
static std::vector<std::string> patternsOf(const llvm::json::Object &entry,
                                           const std::string &tests, Draft &draft) {
  std::vector<std::string> patterns, unknown;
  for (const std::string &name : namesOf(entry, draft)) {
    bool isKnown = llvm::any_of(kernel::runtimeArchs(), [&](kernel::Arch arch) {
      return kernel::syscallNumber(name, arch).has_value();
    });
    (isKnown ? patterns : unknown).push_back(isKnown ? quoted(name + tests) : name);
  }
  if (!unknown.empty())
    draft.lose(llvm::join(unknown, ", "), "no syscall of x86_64 or aarch64");
  return patterns;
}

static void readEntry(const llvm::json::Object &entry, Action otherwise, Draft &draft) {
  checkKeys(entry, "syscalls[].", kEntry, draft);
  Action action = actionNamed(entry.getString("action").value_or(""));
  if (action == Action::Unknown) {
    draft.wrong("`" + entry.getString("action").value_or("").str() +
                "` is no action of seccomp");
    return;
  }
  std::optional<std::string> tests = testsFor(entry, draft);
  if (!tests)
    return;
  if (!isFor(entry, draft)) {
    draft.lose(llvm::join(namesOf(entry, draft), ", "),
               "for other processors, or with capabilities, which are given up here");
    return;
  }
  std::vector<std::string> patterns = patternsOf(entry, *tests, draft);
  // Denied is what is not allowed, and the other way round.
  if (action == otherwise || patterns.empty())
    return;
  draft.say(std::string(action == Action::Allow ? "allow" : "deny") + " syscall " +
            llvm::join(patterns, ", ") + ";");
}

Imported importOciSeccomp(llvm::StringRef text) {
  Draft draft;
  draft.head("// Imported from an OCI seccomp profile: system calls only. A policy that "
             "extends it says what may be read, written and started.");
  std::optional<llvm::json::Object> top = readObject(text, draft);
  if (!top)
    return draft.finish("imported");
  checkKeys(*top, "", kTop, draft);
  Action otherwise = actionNamed(top->getString("defaultAction").value_or(""));
  if (otherwise == Action::Unknown)
    draft.wrong("`defaultAction` is missing, or no action of seccomp");
  if (otherwise == Action::Allow)
    draft.say("allow syscall all;");
  const llvm::json::Array *entries = top->getArray("syscalls");
  for (size_t i = 0; entries && i < entries->size(); ++i) {
    if (const llvm::json::Object *entry = (*entries)[i].getAsObject())
      readEntry(*entry, otherwise, draft);
    else
      draft.wrong("`syscalls` holds what is no object");
  }
  draft.note("Refused calls get the error that srtc gives them, not that of the file.");
  return draft.finish("imported");
}

} // namespace srt::import
