// runtime/loader/Loader.h: what the steps of the loader share, one line each.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: every function below either does all of its step or ends the
// process through refuse(); there is nothing to check after a call. What each
// does to the rights of the command to come: nothing before dropCapabilities,
// restrictSelf and loadFilter, which only narrow.
#ifndef SRT_RUNTIME_LOADER_LOADER_H
#define SRT_RUNTIME_LOADER_LOADER_H

#include "Arena.h"
#include "Fail.h"
#include "Kernel.h"
#include "runtime/bundle/check.h"

namespace srt::load {

/// A component of canonical paths, so that what many of them share is looked at
/// once. Links are not followed and have nothing below them.
struct Node {
  Text path;
  uint64_t device, inode;
  uint32_t mode; // 0: there is nothing here
  Node *above;   // null: "/"
  Node *below;   // the first of them
  Node *beside;  // the next below the same node
};

/// An object that Landlock grants rights on.
struct Grant {
  Text location; // canonical path; empty: nobody needs it
  uint64_t device, inode;
  uint64_t rights; // after those a file cannot have were taken away
  uint32_t mode;
  uint32_t rule;
  const Node *node; // of the location; null: not asked for yet
};

/// An object, or a location without one, that must not be granted.
struct Denied {
  Text location; // canonical path
  const Node *node;
  uint64_t rights;
  uint32_t rule;
  uint32_t kind; // SRT_FORBID_PLACE or SRT_FORBID_COMMAND

  /// Whether the location exists; then `node` is the object itself.
  bool exists() const {
    return node->mode != 0 && node->path.size == location.size;
  }
};

/// A granted place that an earlier run may have changed.
struct Writable {
  uint64_t device, inode;
  uint64_t rights;

  bool is(const struct stat &status) const {
    return status.st_ino == inode && status.st_dev == device;
  }
};

/// LANDLOCK_ACCESS_FS_WRITE_FILE, MAKE_DIR, MAKE_REG, MAKE_SYM and REFER: with
/// one of them a name comes to lead to something else, or a file to hold it.
/// include/uapi/linux/landlock.h.
inline constexpr uint64_t kChanging =
    1 << 1 | 1 << 7 | 1 << 8 | 1 << 12 | 1 << 13;

/// An open directory of PATH, each directory once.
struct SearchDirectory {
  long fd; // negative: the errno of a directory that exists
  uint64_t device, inode, mount;
  Text path;     // as PATH spells it
  Text location; // canonical path; empty: not asked for yet
};

/// Everything known about the sandbox that is being set up.
struct Sandbox {
  srt_view view = {};
  const srt_program *program = nullptr; // for this machine; null: no filter
  char **callerEnv = nullptr;
  char **env = nullptr;   // of the command; null-terminated
  Text *params = nullptr; // values, without trailing slash: "/" is empty
  long ruleset = 0;       // Landlock ruleset; 0: none, as 0 is never ours
  long keptBelow = 0;     // see giveBack; 0: not asked for yet
  Node *top = nullptr;    // "/"; null: not asked for yet
  List<Grant> grants;     // roots, if there is anything forbidden
  List<Denied> denied;
  List<Writable> writables; // roots with kChanging
  bool hasLeftOut = false;  // hits that an earlier run may have put on PATH
  List<SearchDirectory> directories; // of PATH
  List<SearchDirectory> twins;       // the same, spelled otherwise; closed
  Arena arena;                       // last: see there

  Text text(srt_string string) const {
    return {view.strings + string.offset, string.size};
  }
};

/// Prepare.cpp: refuses anything but BUNDLE -- COMMAND.
void checkUsage(long argc, char **argv);
/// Prepare.cpp: reads, looks up and compares; changes nothing that the command
/// inherits. Requires: a checked bundle, no descriptor of the caller open.
void prepare(Sandbox &sandbox);
/// HandOver.cpp: becomes srt-broker.
[[noreturn]] void handOver(char **argv, char **env);

/// Descriptors.cpp: opens /dev/null on whichever of 0, 1, 2 is closed.
void keepStandardDescriptors();
/// Descriptors.cpp: notes that a descriptor of ours is not needed any more. It
/// is closed at once only if many are open: closeDescriptors takes a tenth of
/// the time for each. All are O_PATH and O_CLOEXEC, so none is a right.
void giveBack(Sandbox &sandbox, long fd);
/// Descriptors.cpp: closes every descriptor above 2 but one; -1: every one.
void closeDescriptors(long one, long other);

/// Read.cpp: reads the whole file into private memory and checks it.
void readBundle(Sandbox &sandbox, const char *path);

/// Target.cpp: finds the program for this machine, and refuses a kernel whose
/// Landlock is older than the bundle needs.
void checkTarget(Sandbox &sandbox);

/// Environment.cpp: composes `env` from `callerEnv`.
void composeEnvironment(Sandbox &sandbox);
/// Environment.cpp: the first value of a variable; data is null if it has none.
Text variable(char *const *env, Text name);

/// Params.cpp: finds the value of every parameter.
void bindParams(Sandbox &sandbox);
/// Params.cpp: the path of a place, parameters filled in.
void spellPlace(const Sandbox &sandbox, const srt_place &place, Path &path);

/// Landlock.cpp: makes the ruleset, with the ports; no-op without one.
void createRuleset(Sandbox &sandbox);
/// Landlock.cpp: takes away the rights that only a directory can have if the
/// object is none. *Narrows*.
void narrowToKind(Grant &grant);
/// Landlock.cpp: grants rights on what `fd` refers to, narrowed to its kind.
void grantDescriptor(Sandbox &sandbox, long fd, Grant &grant);
/// Landlock.cpp: the same without knowing what it is; the kernel does.
void grantUnseen(Sandbox &sandbox, long fd, uint64_t rights, uint32_t rule);
/// Landlock.cpp: puts the process under the ruleset. *Narrows*.
void restrictSelf(Sandbox &sandbox);
/// Landlock.cpp: puts the process into a domain below that one, with its scopes:
/// what stays in the other cannot be signalled from here. *Narrows*.
void scopeApart(const Sandbox &sandbox);

/// Open.cpp: opens a path from `at`, a directory or kCwd, that has no link in
/// it; ELOOP if it has one.
long openPlain(long at, const char *path);
/// Open.cpp: opens a relative path below `top`; EXDEV if a link leads out.
long openBeneath(Sandbox &sandbox, long top, const char *path);

/// Roots.cpp: opens and grants every root, and fills `writables`.
void grantRoots(Sandbox &sandbox);
/// Missing.cpp: grants, of a root that is not there, what only the broker's
/// calls use on the nearest directory above it. The broker judges by path, so
/// nothing else is opened by that. No-op without a broker.
void grantAbove(Sandbox &sandbox, const srt_root &root, Path &path);
/// Commands.cpp: opens the directories on PATH, if any command is named.
void openSearchPath(Sandbox &sandbox);
/// Commands.cpp: opens and grants every hit of every command on PATH,
/// but the ones that an earlier run may have put there.
void grantCommands(Sandbox &sandbox);

/// Location.cpp: puts what a link says into `target`; returns its size or a
/// negated errno.
long readLink(long at, const char *link, Path &target);
/// Location.cpp: the canonical path of what `fd` refers to, into `path`.
void locate(long fd, const char *step, Path &path);
/// Location.cpp: the node of a path, or the last one on the way to it that is
/// no directory or does not exist. Requires: absolute, no dots, no doubled
/// slash.
Node *nodeAt(Sandbox &sandbox, Text path);
/// Location.cpp: device, inode and mode of a path, link unfollowed, as they
/// were when it was first looked at; or a negated errno. For places that no
/// earlier run can change. Requires the same of the path.
long statOnce(Sandbox &sandbox, Text path, struct stat &status);
/// Location.cpp: where a rule was written, as "file:line" in a message.
struct RuleAt {
  const Sandbox &sandbox;
  uint32_t rule;
};
Message &operator<<(Message &message, const RuleAt &at);

/// Forbidden.cpp: fills `denied`; refuses if a root reaches one of them.
void checkForbidden(Sandbox &sandbox);
/// Forbidden.cpp: whether a hit lies in a denied place, so that it must be left
/// out. Refuses if it is a denied command.
bool isDeniedHit(Sandbox &sandbox, long fd, Grant &grant);

/// Limits.cpp: lowers the resource limits. *Narrows*.
void setLimits(const Sandbox &sandbox);
/// Limits.cpp: lowers only the one on the size of files. *Narrows*.
void setFileSizeLimit(const Sandbox &sandbox);

/// Keyring.cpp: leaves the session keyring of the caller.
void leaveKeyring(const Sandbox &sandbox);

/// Seccomp.cpp: gives up new privileges, so that setuid programs gain nothing
/// and the kernel accepts the ruleset and the filter. *Narrows*.
void giveUpPrivileges();
/// Seccomp.cpp: what seccomp(2) says to the filter of this machine, with
/// SECCOMP_FILTER_FLAG_*. Requires: a program. *Narrows*.
long installFilter(const Sandbox &sandbox, long flags);
/// Seccomp.cpp: loads the filter. *Narrows*.
void loadFilter(const Sandbox &sandbox);

/// Capabilities.cpp: empties all sets, for good. Requires: giveUpPrivileges.
/// *Narrows*.
void dropCapabilities();

/// Exec.cpp: becomes the command. Calls only execve, write and exit_group.
[[noreturn]] void runCommand(const Sandbox &sandbox, char **argv);

/// The directories on PATH of the command, in order, absolute ones only.
class SearchPath {
public:
  explicit SearchPath(const Sandbox &sandbox)
      : rest(variable(sandbox.env, "PATH")) {}

  /// Puts the next directory, a slash and `name` into `path`; returns false at
  /// the end. Entries that do not fit a path are left out.
  bool next(Text name, Path &path);
  /// The same without a name and its slash.
  bool nextDirectory(Path &path);

private:
  Text rest;
};

} // namespace srt::load

#endif
