// runtime/loader/Landlock.cpp: the ruleset, its rules, and the restriction.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: one layer, with exactly the rights the bundle states. One layer
// because LANDLOCK_ACCESS_FS_REFER is denied by every layer that does not grant
// it (Documentation/userspace-api/landlock.rst, v6.12, "Previous limitations").
// Where there is a broker, the command has a second one, of scopes only, which
// grants that right everywhere.
#include "Loader.h"

namespace srt::load {

static constexpr const char *kStep = "landlock";
static constexpr long kPathBeneath = 1; // LANDLOCK_RULE_PATH_BENEATH
static constexpr long kNetPort = 2;     // LANDLOCK_RULE_NET_PORT

/// The rights a rule may have on something that is no directory: EXECUTE,
/// WRITE_FILE, READ_FILE, TRUNCATE, IOCTL_DEV, RESOLVE_UNIX. With any other
/// right the kernel returns EINVAL. security/landlock/fs.c:ACCESS_FILE, v7.2.
static constexpr uint64_t kFileRights =
    1 | 2 | 4 | 1 << 14 | 1 << 15 | 1 << 16;

/// struct landlock_path_beneath_attr, include/uapi/linux/landlock.h.
struct [[gnu::packed]] PathBeneath {
  uint64_t rights;
  int32_t fd;
};
static_assert(sizeof(PathBeneath) == 12);

/// struct landlock_net_port_attr, the same file.
struct NetPort {
  uint64_t rights, port;
};

/// Bytes of the attribute that this ruleset needs. A kernel refuses a longer
/// structure than it knows only if the rest is not zero, but asking for less
/// does not depend on that.
static uint64_t attributeSize(const srt_ruleset &ruleset) {
  if (ruleset.scoped != 0)
    return 24;
  return ruleset.handled_net != 0 ? 16 : 8;
}

static void addPorts(const Sandbox &sandbox) {
  for (uint32_t i = 0; i < sandbox.view.port_count; ++i) {
    const srt_port &port = sandbox.view.ports[i];
    NetPort attr = {port.rights, port.port};
    long result = sys::landlockAddRule(sandbox.ruleset, kNetPort, &attr);
    if (result < 0)
      refuse(kStep, Message() << "cannot grant port " << uint64_t(port.port)
                              << " (" << RuleAt{sandbox, port.rule}
                              << "): " << Errno{result});
  }
}

void createRuleset(Sandbox &sandbox) {
  const srt_ruleset *ruleset = sandbox.view.ruleset;
  if (!ruleset)
    return;
  sandbox.ruleset =
      sys::landlockCreateRuleset(ruleset, attributeSize(*ruleset), 0);
  if (sandbox.ruleset < 0)
    refuse(kStep,
           Message() << "cannot create the ruleset: " << Errno{sandbox.ruleset},
           "ENOMSG, EINVAL or E2BIG: the bundle handles rights that this "
           "kernel does not know");
  addPorts(sandbox);
}

static long addPath(const Sandbox &sandbox, long fd, uint64_t rights) {
  if (rights == 0)
    return 0;
  PathBeneath attr = {rights, int32_t(fd)};
  return sys::landlockAddRule(sandbox.ruleset, kPathBeneath, &attr);
}

static void checkGranted(const Sandbox &sandbox, uint32_t rule, long result) {
  if (result < 0)
    refuse(kStep, Message() << "cannot grant the place of "
                            << RuleAt{sandbox, rule} << ": " << Errno{result});
}

void narrowToKind(Grant &grant) {
  if (!sys::isDirectory(grant.mode))
    grant.rights &= kFileRights;
}

void grantDescriptor(Sandbox &sandbox, long fd, Grant &grant) {
  narrowToKind(grant);
  checkGranted(sandbox, grant.rule, addPath(sandbox, fd, grant.rights));
}

void grantUnseen(Sandbox &sandbox, long fd, uint64_t rights, uint32_t rule) {
  long result = addPath(sandbox, fd, rights);
  // No directory, then: the other reasons are flags, of which there are none,
  // and rights that the ruleset does not handle, which the check of the bundle
  // refuses (security/landlock/syscalls.c:add_rule_path_beneath, v6.12).
  if (result == -EINVAL)
    result = addPath(sandbox, fd, rights & kFileRights);
  checkGranted(sandbox, rule, result);
}

/// LANDLOCK_RESTRICT_SELF_LOG_NEW_EXEC_ON (include/uapi/linux/landlock.h, v6.15)
/// if the bundle asks for it. TSYNC (v7.0) is for programs of several threads,
/// and this one has one.
static long logFlags(const Sandbox &sandbox) {
  constexpr long kLogNewExecOn = 2;
  return sandbox.view.header->flags & SRT_FLAG_LOG_DENIALS ? kLogNewExecOn : 0;
}

void restrictSelf(Sandbox &sandbox) {
  if (!sandbox.view.ruleset)
    return;
  long result = sys::landlockRestrictSelf(sandbox.ruleset, logFlags(sandbox));
  if (result < 0)
    refuse(kStep, Message() << "cannot restrict the process: " << Errno{result},
           "E2BIG means that 16 sandboxes are already nested");
}

void scopeApart(const Sandbox &sandbox) {
  constexpr uint64_t kRefer = 1 << 13; // LANDLOCK_ACCESS_FS_REFER
  const srt_ruleset *whole = sandbox.view.ruleset;
  if (!whole || whole->scoped == 0)
    return;
  srt_ruleset scopes = {};
  scopes.handled_fs = kRefer;
  scopes.scoped = whole->scoped;
  long ruleset = sys::landlockCreateRuleset(&scopes, attributeSize(scopes), 0);
  long top = sys::open("/", O_PATH | O_CLOEXEC);
  PathBeneath attr = {kRefer, int32_t(top)};
  long result = ruleset < 0 ? ruleset : top;
  if (result >= 0)
    result = sys::landlockAddRule(ruleset, kPathBeneath, &attr);
  if (result >= 0)
    result = sys::landlockRestrictSelf(ruleset, logFlags(sandbox));
  if (result < 0)
    refuse(kStep,
           Message() << "cannot keep the command from the broker: "
                     << Errno{result},
           "E2BIG means that 16 sandboxes are already nested");
  sys::close(top);
  sys::close(ruleset);
}

} // namespace srt::load
