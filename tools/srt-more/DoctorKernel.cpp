// tools/srt-more/DoctorKernel.cpp: examines the running kernel.
// SPDX-License-Identifier: Apache-2.0
//
// Asks the kernel itself where that can be done, and goes by its release only
// for what cannot be asked without being done.
#include "tools/srt-more/Doctor.h"

#include "tools/srt/Key.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

#include <sys/utsname.h>
#include <unistd.h>

namespace srt::command {

/// A file of /proc, without the line's end; nothing if it is not there.
static std::optional<std::string> setting(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFileAsStream(path);
  if (!buffer)
    return std::nullopt;
  return (*buffer)->getBuffer().trim().str();
}

/// Whether the running kernel is that release or a newer one.
static bool isAtLeast(llvm::StringRef release, unsigned major, unsigned minor) {
  unsigned ownMajor = 0, ownMinor = 0;
  if (release.consumeInteger(10, ownMajor) || !release.consume_front(".") ||
      release.consumeInteger(10, ownMinor))
    return false;
  return std::pair(ownMajor, ownMinor) >= std::pair(major, minor);
}

/// What each Landlock ABI brings, and since which release it is there.
static Finding examineLandlock(int abi) {
  std::string own = "Landlock ABI " + std::to_string(abi);
  if (abi == 0)
    return {"landlock", Health::Missing, "no Landlock",
            "Linux 5.13 or newer with CONFIG_SECURITY_LANDLOCK, and `landlock` in "
            "lsm= on the kernel's command line"};
  if (abi < 4)
    return {"landlock", Health::Weak, own + ": no rules on TCP ports",
            "Linux 6.7 or newer"};
  if (abi < 6)
    return {"landlock", Health::Weak,
            own + ": signals and abstract sockets cannot be kept inside, which the "
                  "default policy asks for",
            "Linux 6.12 or newer"};
  return {"landlock", Health::Fine, own, ""};
}

/// Mistakes of Landlock that were found after a release, by their numbers
/// (security/landlock/errata/abi-*.h, v6.15). The kernel says which of those of
/// its own ABI it has mended.
struct Erratum {
  unsigned number;
  int abi; // since which there is something to mend
  const char *what;
};
static constexpr Erratum kErrata[] = {
    {1, 4, "rules on TCP ports hold SMC and other stream sockets too, which is "
           "narrower"},
    {2, 6, "threads of one process cannot signal each other where signals are "
           "kept inside"},
    {3, 1, "a directory that somebody outside moves out of a bind mount may be "
           "renamed and linked with more rights than its place has"}};

static Finding examineErrata(int abi) {
  constexpr long kCreateRuleset = 444, kErrataQuery = 2;
  long mended = syscall(kCreateRuleset, nullptr, 0, kErrataQuery);
  if (abi == 0 || mended < 0)
    return {"errata", abi == 0 ? Health::Fine : Health::Weak,
            "the kernel does not tell which mistakes of Landlock it has mended",
            abi == 0 ? "" : "Linux 6.15 or newer, or a stable release of 2025"};
  std::string open;
  for (const Erratum &erratum : kErrata)
    if (abi >= erratum.abi && (mended >> (erratum.number - 1) & 1) == 0)
      open += (open.empty() ? "" : "; ") + std::string(erratum.what);
  if (open.empty())
    return {"errata", Health::Fine, "all known mistakes of Landlock are mended", ""};
  return {"errata", Health::Weak, open, "the newest stable release of this kernel"};
}

static Finding examineSeccomp() {
  std::optional<std::string> actions =
      setting("/proc/sys/kernel/seccomp/actions_avail");
  if (!actions || !llvm::StringRef(*actions).contains("errno"))
    return {"seccomp", Health::Missing, "no seccomp filters",
            "a kernel with CONFIG_SECCOMP_FILTER"};
  if (!llvm::StringRef(*actions).contains("user_notif"))
    return {"seccomp", Health::Missing, "seccomp filters, but none that can ask a broker",
            "Linux 5.0 or newer"};
  return {"seccomp", Health::Fine, "seccomp filters with notifications", ""};
}

static Finding examineBroker(llvm::StringRef release) {
  if (!isAtLeast(release, 5, 19))
    return {"broker", Health::Missing,
            "Linux " + release.str() + ": policies that need the broker do not start",
            "Linux 5.19 or newer"};
  if (!isAtLeast(release, 6, 6))
    return {"broker", Health::Weak,
            "Linux " + release.str() + ": the broker works, three times slower",
            "Linux 6.6 or newer"};
  return {"broker", Health::Fine, "Linux " + release.str(), ""};
}

static Finding examineYama() {
  std::optional<std::string> scope = setting("/proc/sys/kernel/yama/ptrace_scope");
  if (!scope || *scope == "0")
    return {"yama", Health::Fine, "tracing of own processes is not restricted", ""};
  if (*scope == "1")
    return {"yama", Health::Weak,
            "kernel.yama.ptrace_scope is 1: what is left behind when the command has "
            "ended is refused what the broker judges",
            "sysctl kernel.yama.ptrace_scope=0, if that matters to you"};
  return {"yama", Health::Missing,
          "kernel.yama.ptrace_scope is " + *scope + ": no broker can work",
          "sysctl kernel.yama.ptrace_scope=1"};
}

static Finding examineProc() {
  char self[32] = {};
  ssize_t size = readlink("/proc/self", self, sizeof self - 1);
  if (size > 0 && self == std::to_string(getpid()))
    return {"proc", Health::Fine, "/proc shows this pid namespace", ""};
  return {"proc", Health::Missing,
          size > 0 ? "/proc is that of another pid namespace" : "no /proc",
          "mount -t proc proc /proc (unshare --mount-proc)"};
}

std::vector<Finding> examineKernel() {
  utsname name;
  llvm::StringRef release = uname(&name) == 0 ? name.release : "unknown";
  int abi = runningAbi();
  return {examineLandlock(abi), examineErrata(abi), examineSeccomp(),
          examineBroker(release), examineYama(), examineProc()};
}

} // namespace srt::command
