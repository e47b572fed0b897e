// lib/Transforms/Closures.cpp: syscalls that would get around other rules.
// SPDX-License-Identifier: Apache-2.0
//
// Landlock judges files, ports and signals; seccomp sees registers only. Where
// a syscall reaches the same things by another road, that road is closed here.
// Numbers are those of include/uapi, v6.12; each block says what it protects.
#include "lib/Transforms/Closures.h"

#include "llvm/ADT/StringExtras.h"

namespace srt {

namespace {
constexpr uint16_t kEperm = 1;
constexpr uint16_t kEnosys = 38;
constexpr uint64_t kLow32 = 0xffffffff;

class ClosureList {
public:
  explicit ClosureList(const Lowering &lowering) : lowering(lowering) {}
  std::vector<Closure> build();

private:
  void refuse(llvm::StringRef syscalls, uint16_t error, llvm::StringRef why);
  void refuseIf(llvm::StringRef syscall, ir::Conjunction tests,
                llvm::StringRef why);
  void onlyIf(llvm::StringRef syscall, std::vector<ir::Conjunction> any,
              uint16_t error, llvm::StringRef why);
  void closeKernel();
  void closeTerminals();
  void closeForBroker();
  void closeByName();
  void closeWaits();
  void closeProcesses();
  void closeOwners();
  void closeNamespaces();
  void closeSockets();
  void closeInternet();
  void closeRoutes();
  void closeFiles();
  void closeWhiteouts();
  void closeMetadata();
  void closeTruncation();
  void closeExec();

  const Lowering &lowering;
  std::vector<Closure> list;
};
} // namespace

static ir::ArgTest equals(uint8_t index, uint64_t operand,
                          uint64_t mask = ~uint64_t(0)) {
  return {index, ir::ArgTest::Op::Eq, mask, operand};
}

void ClosureList::refuse(llvm::StringRef syscalls, uint16_t error,
                         llvm::StringRef why) {
  llvm::SmallVector<llvm::StringRef, 8> names;
  syscalls.split(names, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef name : names)
    list.push_back(
        {name.str(), Closure::Kind::Refuse, {}, error, why.str()});
}

void ClosureList::refuseIf(llvm::StringRef syscall, ir::Conjunction tests,
                           llvm::StringRef why) {
  list.push_back({syscall.str(), Closure::Kind::RefuseIf, {std::move(tests)},
                  kEperm, why.str()});
}

void ClosureList::onlyIf(llvm::StringRef syscall,
                         std::vector<ir::Conjunction> any, uint16_t error,
                         llvm::StringRef why) {
  list.push_back({syscall.str(), Closure::Kind::OnlyIf, std::move(any), error,
                  why.str()});
}

/// Who can change the kernel can change the sandbox. Only root gets this far.
void ClosureList::closeKernel() {
  refuse("io_uring_setup io_uring_enter io_uring_register", kEnosys,
         "io_uring makes sockets that seccomp does not see");
  refuse("init_module finit_module kexec_load kexec_file_load bpf "
         "perf_event_open iopl ioperm",
         kEperm, "it can change the kernel that enforces the policy");
  refuse("open_by_handle_at", kEperm,
         "a handle leads to files without a path that could be judged");
  refuse("openat2", kEnosys,
         "its flags are in memory, where seccomp cannot read them");
}

/// A terminal that came in as descriptor 0 to 2 belongs to the person outside:
/// pushing bytes into its input queue runs commands there. Only the low half
/// of the request counts, as the kernel's own `unsigned int cmd`
/// (fs/ioctl.c:SYSCALL_DEFINE3(ioctl)).
void ClosureList::closeTerminals() {
  for (uint64_t request : {0x5412 /* TIOCSTI */, 0x541c /* TIOCLINUX */,
                           0x4b49 /* KDSKBSENT */})
    refuseIf("ioctl", {equals(1, request, kLow32)},
             "it types into the terminal outside the sandbox");
}

/// The broker acts in the domain of the sandbox: it would do for a process what
/// an inner domain of that forbids, and follow no root directory but its own.
void ClosureList::closeForBroker() {
  if (!lowering.plan.hasBroker())
    return;
  refuse("landlock_create_ruleset landlock_add_rule landlock_restrict_self",
         kEnosys, "the broker would act past an inner ruleset");
  refuse("chroot pivot_root", kEperm, "the broker has its own root directory");
  refuse("uselib", kEnosys, "it maps a file that the broker does not see");
  closeByName();
  closeWaits();
}

/// Requests of ioctl(2) that make, remove or copy something by its name, which
/// neither the broker nor Landlock sees: subvolumes and snapshots of btrfs
/// (include/uapi/linux/btrfs.h) and bcachefs (all of type 0xbc), and OCFS2's
/// reflink (fs/ocfs2/ocfs2_ioctl.h; v6.12). A snapshot holds what is denied under
/// another name.
void ClosureList::closeByName() {
  std::string why = "it makes or removes by name what the broker does not see";
  for (uint64_t request : std::initializer_list<uint64_t>{
           0x50009401 /* BTRFS_IOC_SNAP_CREATE */,
           0x5000940e /* BTRFS_IOC_SUBVOL_CREATE */,
           0x5000940f /* BTRFS_IOC_SNAP_DESTROY */,
           0x50009417 /* BTRFS_IOC_SNAP_CREATE_V2 */,
           0x50009418 /* BTRFS_IOC_SUBVOL_CREATE_V2 */,
           0x5000943f /* BTRFS_IOC_SNAP_DESTROY_V2 */,
           0x40186f04 /* OCFS2_IOC_REFLINK */})
    refuseIf("ioctl", {equals(1, request, kLow32)}, why);
  refuseIf("ioctl", {equals(1, 0xbc00, 0xff00)}, why);
}

/// The broker opens files and reads memory for everybody: who holds a lease, or
/// answers for the pages of a process, could let all others wait. Faults of the
/// kernel are left out with UFFD_USER_MODE_ONLY (include/uapi/linux/fcntl.h,
/// userfaultfd.h).
void ClosureList::closeWaits() {
  constexpr uint64_t kSetLease = 1024, kUserOnly = 1, kNew = 0xaa00;
  refuseIf("fcntl", {equals(1, kSetLease, kLow32)},
           "a lease makes the broker wait");
  onlyIf("userfaultfd", {{equals(0, kUserOnly, kUserOnly)}}, kEperm,
         "a page that is not there makes the broker wait");
  refuseIf("ioctl", {equals(1, kNew, kLow32)},
           "a page that is not there makes the broker wait");
}

void ClosureList::closeProcesses() {
  if (!lowering.open.signals)
    refuse(ir::syscallNames(ir::ActionId::Signal), kEperm,
           "no rule allows signals");
  if (!lowering.open.tracing)
    refuse(ir::syscallNames(ir::ActionId::Trace), kEperm,
           "no rule allows tracing");
  // A pid other than 0 may be a process outside (kernel/sys.c:do_prlimit and
  // kernel/sched/syscalls.c ask for the same user only).
  onlyIf("prlimit64", {{equals(0, 0)}}, kEperm,
         "it changes limits of processes outside the sandbox");
  std::string why = "it slows or pins processes outside the sandbox";
  for (llvm::StringRef syscall : {"sched_setaffinity", "sched_setattr",
                                  "sched_setparam", "sched_setscheduler"})
    onlyIf(syscall, {{equals(0, 0)}}, kEperm, why);
  onlyIf("setpriority", {{equals(0, 0 /* PRIO_PROCESS */), equals(1, 0)}},
         kEperm, why);
  onlyIf("ioprio_set", {{equals(0, 1 /* IOPRIO_WHO_PROCESS */), equals(1, 0)}},
         kEperm, why);
  closeOwners();
}

/// Below ABI 6 no scope stops the signals that the kernel sends to the owner
/// of a descriptor, so no owner is set (include/uapi/asm-generic/fcntl.h:
/// F_SETOWN, F_SETSIG, F_SETOWN_EX; sockios.h: FIOSETOWN, SIOCSPGRP).
void ClosureList::closeOwners() {
  if (lowering.open.signalsAnywhere ||
      (lowering.plan.scoped & kernel::kScopeSignal) != 0)
    return;
  std::string why = "the owner of a descriptor gets signals, wherever it is";
  for (uint64_t command : {8, 10, 15})
    refuseIf("fcntl", {equals(1, command, kLow32)}, why);
  for (uint64_t request : {0x8901, 0x8902})
    refuseIf("ioctl", {equals(1, request, kLow32)}, why);
}

/// New namespaces come with new capabilities. clone3 has its flags in memory;
/// libcs fall back to clone when it is missing.
void ClosureList::closeNamespaces() {
  constexpr uint64_t kNewSpaces = 0x7e020000; // CLONE_NEW* but NEWTIME
  std::string why = "a new user namespace holds every capability";
  onlyIf("clone", {{equals(0, 0, kNewSpaces)}}, kEperm, why);
  refuse("clone3", kEnosys, why);
  refuse("unshare setns", kEperm, why);
}

/// Sockets of the families and types that endpoints of the policy speak of, and
/// no others: netlink, packet, vsock and the like are ruled by nothing. A
/// connected pair reaches nobody else, as long as it is not of datagrams, whose
/// sendto takes a path (net/unix/af_unix.c).
void ClosureList::closeSockets() {
  constexpr uint64_t kType = 0xf; // include/linux/net.h:SOCK_TYPE_MASK
  constexpr uint64_t kUnix = 1, kStream = 1, kDatagram = 2, kSeqPacket = 5;
  const OpenThings &open = lowering.open;
  std::vector<ir::Conjunction> made;
  auto internet = [&](uint64_t type, uint64_t protocol) {
    for (uint64_t domain : {2 /* AF_INET */, 10 /* AF_INET6 */})
      for (uint64_t each : {uint64_t(0), protocol})
        made.push_back({equals(0, domain), equals(1, type, kType), equals(2, each)});
  };
  if (open.internet)
    internet(kStream, 6 /* IPPROTO_TCP */);
  if (open.udp)
    internet(kDatagram, 17 /* IPPROTO_UDP */);
  if (open.unixStreams)
    for (uint64_t type : {kStream, kSeqPacket})
      made.push_back({equals(0, kUnix), equals(1, type, kType)});
  if (open.unixDatagrams)
    made.push_back({equals(0, kUnix), equals(1, kDatagram, kType)});
  if (made.empty())
    refuse("socket", kEperm, "no rule allows an endpoint");
  else
    onlyIf("socket", std::move(made), kEperm,
           "only what the policy's endpoints speak of is ruled by them");
  if (open.unixStreams && !open.binding)
    refuse("bind", kEperm, "no rule allows bind");
  onlyIf("socketpair",
         {{equals(0, 1), equals(1, 1, kType)},
          {equals(0, 1), equals(1, 5, kType)}},
         kEperm, "a pair of datagram sockets can send to any path");
}

/// MSG_FASTOPEN connects without connect(2): Landlock does not see it before
/// Linux 7.2.
void ClosureList::closeInternet() {
  constexpr uint64_t kFastOpen = 0x20000000;
  std::string why = "MSG_FASTOPEN connects past the rules on ports";
  if (lowering.open.internet) {
    refuseIf("sendto", {equals(3, kFastOpen, kFastOpen)}, why);
    refuseIf("sendmsg", {equals(2, kFastOpen, kFastOpen)}, why);
    refuseIf("sendmmsg", {equals(3, kFastOpen, kFastOpen)}, why);
  }
  if (lowering.plan.network)
    closeRoutes();
  if (!lowering.open.listening && !lowering.open.unixBind)
    refuse("listen", kEperm, "no rule allows bind, and listen binds by itself");
}

/// Options that send packets by way of other hosts than the one that was judged:
/// IPv4 source routes and IPv6 routing headers need no capability
/// (net/ipv4/ip_options.c, net/ipv6/ipv6_sockglue.c, v6.12). The kernel takes
/// level and name as int.
void ClosureList::closeRoutes() {
  std::string why = "it leads packets by way of another host";
  auto option = [&](uint64_t level, uint64_t name) {
    refuseIf("setsockopt", {equals(1, level, kLow32), equals(2, name, kLow32)},
             why);
  };
  option(0 /* SOL_IP */, 4 /* IP_OPTIONS */);
  for (uint64_t name : {3, 4, 5, 6 /* IPV6_2292HOPOPTS .. PKTOPTIONS */, 54, 55,
                        57, 59 /* IPV6_HOPOPTS .. IPV6_DSTOPTS */})
    option(41 /* SOL_IPV6 */, name);
}

void ClosureList::closeFiles() {
  if (!lowering.open.rename)
    refuse(ir::syscallNames(ir::ActionId::WriteRename), kEperm,
           "no rule allows write.rename");
  if (!lowering.open.link)
    refuse(ir::syscallNames(ir::ActionId::WriteLink), kEperm,
           "no rule allows write.link");
  std::string tells = "it tells names in directories that may not be listed";
  if (!lowering.open.listing)
    refuse("fanotify_init fanotify_mark", kEperm, tells);
  // The broker looks where the watch would be.
  if (!lowering.open.listing && !lowering.isMediated(ir::ActionId::WriteRename))
    refuse("inotify_add_watch", kEperm, tells);
  // Access mode 3 opens for nothing, for which Landlock asks no right: a
  // device's open() would still be called, and flock(2) works.
  for (auto [syscall, flags] :
       {std::pair("open", uint8_t(1)), {"openat", uint8_t(2)}})
    refuseIf(syscall, {equals(flags, 3, 3)},
             "opening for neither reading nor writing asks for no right");
}

/// A whiteout is a character device 0:0 that needs no capability. Which right
/// it needs depends on the kernel: RENAME_WHITEOUT makes one without any,
/// mknod(2) with MAKE_CHAR on 6.18.44 and with MAKE_REG on Debian's 6.12.111
/// (both tried). `dev` counts in 32 bits, `mode` in 16 (fs/namei.c:do_mknodat).
void ClosureList::closeWhiteouts() {
  constexpr uint64_t kType = 0xf000, kChar = 0x2000, kWhiteout = 4;
  std::string why = "a whiteout is a device that no right of Landlock covers";
  for (auto [syscall, mode] : {std::pair("mknod", uint8_t(1)), {"mknodat", uint8_t(2)}})
    refuseIf(syscall,
             {equals(mode, kChar, kType), equals(uint8_t(mode + 1), 0, kLow32)},
             why);
  if (lowering.open.rename)
    refuseIf("renameat2", {equals(4, kWhiteout, kWhiteout)}, why);
}

/// chmod and its kind, and the ioctls that set a file's attributes or steer its
/// file system. A request holds its direction in bits 30-31, its type in bits
/// 8-15 (include/uapi/asm-generic/ioctl.h). Whole types are refused where most
/// of their requests change something: btrfs and reflinks (0x94), XFS and the
/// freezing of file systems ('X'), F2FS (0xf5); of ext4's and the generic 'f'
/// those that pass data in, and three that pass none.
void ClosureList::closeMetadata() {
  if (lowering.open.metadata)
    return;
  std::string why = "write.metadata is not allowed on every path";
  if (lowering.isMediated(ir::ActionId::WriteMetadata))
    refuse("setxattrat removexattrat file_setattr", kEnosys,
           "its arguments are in memory; older calls do the same");
  else
    refuse(ir::syscallNames(ir::ActionId::WriteMetadata), kEperm, why);
  for (uint64_t type : {0x9400, 0x5800, 0xf500})
    refuseIf("ioctl", {equals(1, type, 0xff00)}, why);
  refuseIf("ioctl", {equals(1, 0x40006600, 0x4000ff00)}, why);
  for (uint64_t request : std::initializer_list<uint64_t>{
           0x6609 /* EXT4_IOC_MIGRATE */, 0x6611 /* EXT4_IOC_SWAP_BOOT */,
           0x800c6613 /* FS_IOC_SET_ENCRYPTION_POLICY */,
           0x40087602 /* FS_IOC_SETVERSION */,
           0x40047602 /* FS_IOC32_SETVERSION */,
           0x40047211 /* FAT_IOCTL_SET_ATTRIBUTES */})
    refuseIf("ioctl", {equals(1, request, kLow32)}, why);
}

/// Below ABI 3 Landlock lets whoever may open a file empty it. What needs no
/// right to write is closed: truncate(2), and O_TRUNC on a file that is opened
/// for reading, or for nothing (access mode 3).
void ClosureList::closeTruncation() {
  if (lowering.abi() >= 3)
    return;
  constexpr uint64_t kTruncate = 0x200, kMode = 3;
  std::string why = "Landlock below ABI 3 does not see truncation";
  refuse("truncate", kEperm, why);
  for (auto [syscall, flags] : {std::pair("open", uint8_t(1)), {"openat", uint8_t(2)}})
    for (uint64_t mode : {uint64_t(0), kMode})
      refuseIf(syscall, {equals(flags, kTruncate | mode, kTruncate | kMode)},
               why);
}

/// A memfd can be executed without any right (execveat(memfd) was seen to run
/// under Landlock on 6.18). MFD_NOEXEC_SEAL, Linux 6.3, rules that out.
void ClosureList::closeExec() {
  constexpr uint64_t kNoExecSeal = 8;
  if (!lowering.open.exec)
    onlyIf("memfd_create", {{equals(1, kNoExecSeal, kNoExecSeal)}}, kEperm,
           "a memfd is executable and has no path");
}

std::vector<Closure> ClosureList::build() {
  closeKernel();
  closeForBroker();
  closeTerminals();
  closeProcesses();
  closeNamespaces();
  closeSockets();
  closeInternet();
  closeFiles();
  closeWhiteouts();
  closeMetadata();
  closeTruncation();
  closeExec();
  return std::move(list);
}

std::vector<Closure> closuresFor(const Lowering &lowering) {
  return ClosureList(lowering).build();
}

} // namespace srt
