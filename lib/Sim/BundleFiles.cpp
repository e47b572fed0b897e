// lib/Sim/BundleFiles.cpp: which kernel operations a file event takes.
// SPDX-License-Identifier: Apache-2.0
//
// Source: security/landlock/fs.c, v6.12, for which right each hook asks for and
// whether at the object or at the directory that holds it.
#include "lib/Sim/BundleJudge.h"

#include "llvm/Support/ErrorHandling.h"

namespace srt::sim {

using namespace kernel;

/// AT_FDCWD in a register.
static constexpr uint64_t kCwd = ~uint64_t(0) - 99;

// include/uapi/asm-generic/fcntl.h, v6.12. Access mode 3 opens for neither
// reading nor writing, so no right to either is asked for.
static constexpr uint64_t kReadOnly = 0, kWriteOnly = 1, kReadWrite = 2,
                          kNoAccess = 3, kCreate = 0x40, kTruncate = 0x200,
                          kAppend = 0x400, kCloseOnExec = 0x80000;

static constexpr uint64_t kMakeFileLike = kFsMakeReg | kFsMakeSym |
                                          kFsMakeFifo | kFsMakeSock |
                                          kFsMakeChar | kFsMakeBlock;

static bool mayOpen(const BundleJudge &judge,
                    std::initializer_list<uint64_t> flags) {
  if (judge.may({"openat2", {kCwd}}))
    return true; // its flags are in memory, where no filter can look
  for (uint64_t word : flags)
    for (uint64_t close : {uint64_t(0), kCloseOnExec})
      if (judge.mayAny({{"open", {0, word | close}},
                        {"openat", {kCwd, 0, word | close}}}))
        return true;
  return false;
}

/// True if one of `rights` is granted for the directory that holds `path`.
static bool grantsAnyAbove(const LandlockModel &landlock, llvm::StringRef path,
                           uint64_t rights) {
  for (uint64_t bit = 1; bit != 0 && bit <= rights; bit <<= 1)
    if ((rights & bit) != 0 && landlock.permitsAbove(path, bit))
      return true;
  return false;
}

static void judgeRead(BundleJudge &judge, llvm::StringRef path) {
  judge.operation("open for reading", mayOpen(judge, {kReadOnly, kReadWrite}),
                  judge.landlock.permitsAt(path, kFsReadFile));
}

static void judgeList(BundleJudge &judge, llvm::StringRef path) {
  judge.operation("open a directory", mayOpen(judge, {kReadOnly}),
                  judge.landlock.permitsAt(path, kFsReadDir));
}

static void judgeReadMetadata(BundleJudge &judge) {
  judge.operation("stat",
                  judge.mayAny({{"stat", {}},
                                {"lstat", {}},
                                {"newfstatat", {kCwd}},
                                {"statx", {kCwd}}}),
                  true);
  judge.operation(
      "access",
      judge.mayAny(
          {{"access", {}}, {"faccessat", {kCwd}}, {"faccessat2", {kCwd}}}),
      true);
  judge.operation("readlink",
                  judge.mayAny({{"readlink", {}}, {"readlinkat", {kCwd}}}),
                  true);
  judge.operation("getxattr",
                  judge.mayAny({{"getxattr", {}},
                                {"lgetxattr", {}},
                                {"getxattrat", {kCwd}},
                                {"listxattr", {}},
                                {"llistxattr", {}},
                                {"listxattrat", {kCwd}}}),
                  true);
}

static void judgeWriteData(BundleJudge &judge, llvm::StringRef path) {
  const LandlockModel &landlock = judge.landlock;
  bool isOpenable =
      mayOpen(judge, {kWriteOnly, kReadWrite, kWriteOnly | kAppend,
                      kWriteOnly | kTruncate});
  judge.operation("open for writing", isOpenable || judge.may({"creat", {}}),
                  landlock.permitsAt(path, kFsWriteFile));
  // O_TRUNC with O_RDONLY opens for reading, and still empties the file.
  bool byPath =
      judge.may({"truncate", {}}) && landlock.permitsAt(path, kFsTruncate);
  bool byOpening = mayOpen(judge, {kReadOnly | kTruncate}) &&
                   landlock.permitsAt(path, kFsReadFile | kFsTruncate);
  bool byWriting =
      isOpenable && landlock.permitsAt(path, kFsWriteFile | kFsTruncate);
  judge.operation("truncate", true, byPath || byOpening || byWriting);
}

static void judgeCreate(BundleJudge &judge, llvm::StringRef path) {
  const LandlockModel &landlock = judge.landlock;
  // The file is made before the right to open it is asked for.
  bool isOpenable = mayOpen(judge, {kCreate | kReadOnly, kCreate | kWriteOnly,
                                    kCreate | kReadWrite, kCreate | kNoAccess,
                                    kCreate | kWriteOnly | kTruncate});
  constexpr uint64_t kRegular = 0x8000; // S_IFREG
  bool isMakeable = judge.mayAny({{"creat", {}},
                                  {"mknod", {0, kRegular}},
                                  {"mknodat", {kCwd, 0, kRegular}}});
  judge.operation("make a file", isOpenable || isMakeable,
                  landlock.permitsAbove(path, kFsMakeReg));
  judge.operation("make a directory",
                  judge.mayAny({{"mkdir", {}}, {"mkdirat", {kCwd}}}),
                  landlock.permitsAbove(path, kFsMakeDir));
  judge.operation("make a symbolic link",
                  judge.mayAny({{"symlink", {}}, {"symlinkat", {0, kCwd}}}),
                  landlock.permitsAbove(path, kFsMakeSym));
}

static void judgeDelete(BundleJudge &judge, llvm::StringRef path) {
  constexpr uint64_t kRemoveDir = 0x200; // AT_REMOVEDIR
  judge.operation("remove a file",
                  judge.mayAny({{"unlink", {}}, {"unlinkat", {kCwd}}}),
                  judge.landlock.permitsAbove(path, kFsRemoveFile));
  judge.operation(
      "remove a directory",
      judge.mayAny({{"rmdir", {}}, {"unlinkat", {kCwd, 0, kRemoveDir}}}),
      judge.landlock.permitsAbove(path, kFsRemoveDir));
}

/// True if some directory has REFER and one of `rights`: the other end.
static bool hasOtherEnd(const LandlockModel &landlock, uint64_t rights) {
  for (uint64_t bit = 1; bit != 0 && bit <= rights; bit <<= 1)
    if ((rights & bit) != 0 && landlock.permitsSomewhere(kFsRefer | bit))
      return true;
  return false;
}

/// Within one directory no REFER is asked for, only the rights to remove and to
/// make; across directories, REFER at both ends besides. `path` is one end, and
/// the other is anywhere. That a file must not gain rights by moving is left
/// out, which can only make a bundle look wider than it is.
/// Source: security/landlock/fs.c:current_check_refer_path, v6.12.
static void judgeRename(BundleJudge &judge, llvm::StringRef path) {
  const LandlockModel &landlock = judge.landlock;
  bool isCallable = judge.mayAny({{"rename", {}},
                                  {"renameat", {kCwd, 0, kCwd}},
                                  {"renameat2", {kCwd, 0, kCwd}}});
  bool refers = landlock.permitsAbove(path, kFsRefer);
  bool removesFile = landlock.permitsAbove(path, kFsRemoveFile);
  bool removesDir = landlock.permitsAbove(path, kFsRemoveDir);
  bool makesFile = grantsAnyAbove(landlock, path, kMakeFileLike);
  bool makesDir = landlock.permitsAbove(path, kFsMakeDir);
  judge.operation("rename within the directory", isCallable,
                  (removesFile && makesFile) || (removesDir && makesDir));
  judge.operation("rename to elsewhere", isCallable,
                  refers &&
                      ((removesFile && hasOtherEnd(landlock, kMakeFileLike)) ||
                       (removesDir && hasOtherEnd(landlock, kFsMakeDir))));
  judge.operation("rename from elsewhere", isCallable,
                  refers &&
                      ((makesFile && hasOtherEnd(landlock, kFsRemoveFile)) ||
                       (makesDir && hasOtherEnd(landlock, kFsRemoveDir))));
}

/// As for renaming, but nothing is removed.
static void judgeLink(BundleJudge &judge, llvm::StringRef path) {
  const LandlockModel &landlock = judge.landlock;
  bool isCallable = judge.mayAny({{"link", {}}, {"linkat", {kCwd, 0, kCwd}}});
  bool refers = landlock.permitsAbove(path, kFsRefer);
  bool makes = grantsAnyAbove(landlock, path, kMakeFileLike);
  judge.operation("link within the directory", isCallable, makes);
  judge.operation("link to elsewhere", isCallable,
                  refers && hasOtherEnd(landlock, kMakeFileLike));
  judge.operation("link from elsewhere", isCallable, refers && makes);
}

/// Character device 0:0, which no capability guards. Newer kernels ask for
/// MAKE_REG where older ones ask for MAKE_CHAR (tried on Debian's 6.12.111 and
/// on 6.18.44); RENAME_WHITEOUT leaves one behind and asks for neither. Shown
/// only where it can be made: nobody misses it.
static void judgeWhiteout(BundleJudge &judge, llvm::StringRef path) {
  constexpr uint64_t kChar = 0x2000, kWhiteout = 4; // S_IFCHR, RENAME_WHITEOUT
  bool isMakeable =
      judge.mayAny({{"mknod", {0, kChar, 0}}, {"mknodat", {kCwd, 0, kChar, 0}}}) &&
      grantsAnyAbove(judge.landlock, path, kFsMakeReg | kFsMakeChar);
  bool isLeft = judge.may({"renameat2", {kCwd, 0, kCwd, 0, kWhiteout}}) &&
                judge.landlock.permitsAbove(path, kFsRemoveFile);
  if (isMakeable || isLeft)
    judge.operation("make a whiteout", true, true);
}

static void judgeSpecial(BundleJudge &judge, llvm::StringRef path) {
  judgeWhiteout(judge, path);
  struct Kind {
    llvm::StringLiteral what;
    uint64_t mode; // S_IFMT bits, include/uapi/linux/stat.h
    uint64_t right;
  };
  static constexpr Kind kKinds[] = {
      {"make a fifo", 0x1000, kFsMakeFifo},
      {"make a socket", 0xc000, kFsMakeSock},
      {"make a character device", 0x2000, kFsMakeChar},
      {"make a block device", 0x6000, kFsMakeBlock},
  };
  for (const Kind &kind : kKinds) {
    constexpr uint64_t kNull = 0x103; // device 1:3
    bool isCallable = judge.mayAny({{"mknod", {0, kind.mode, kNull}},
                                    {"mknodat", {kCwd, 0, kind.mode, kNull}}});
    // That bind(2) makes a socket too, the rules on bind say.
    judge.operation(kind.what, isCallable,
                    judge.landlock.permitsAbove(path, kind.right));
  }
}

/// Landlock has no right for any of these: only the filter stands in the way.
static void judgeWriteMetadata(BundleJudge &judge) {
  judge.operation("chmod",
                  judge.mayAny({{"chmod", {}},
                                {"fchmod", {}},
                                {"fchmodat", {kCwd}},
                                {"fchmodat2", {kCwd}},
                                {"file_setattr", {kCwd}}}),
                  true);
  judge.operation("chown",
                  judge.mayAny({{"chown", {}},
                                {"fchown", {}},
                                {"lchown", {}},
                                {"fchownat", {kCwd}}}),
                  true);
  judge.operation("utimes",
                  judge.mayAny({{"utime", {}},
                                {"utimes", {}},
                                {"futimesat", {kCwd}},
                                {"utimensat", {kCwd}}}),
                  true);
  judge.operation("setxattr",
                  judge.mayAny({{"setxattr", {}},
                                {"lsetxattr", {}},
                                {"fsetxattr", {}},
                                {"setxattrat", {kCwd}},
                                {"removexattr", {}},
                                {"lremovexattr", {}},
                                {"fremovexattr", {}},
                                {"removexattrat", {kCwd}}}),
                  true);
}

static void judgeIoctl(BundleJudge &judge, llvm::StringRef path) {
  constexpr uint64_t kNeutral = 0x5401; // TCGETS
  judge.operation("ioctl", judge.may({"ioctl", {0, kNeutral}}),
                  judge.landlock.permitsAt(path, kFsIoctlDev));
}

/// The kernel opens a program with O_RDONLY and __FMODE_EXEC, so that Landlock
/// asks for READ_FILE too (fs/exec.c:do_open_execat, security/landlock/fs.c:
/// get_required_file_open_access, v6.12; tried on 6.18).
static void judgeExec(BundleJudge &judge, llvm::StringRef path) {
  judge.operation("execute (and read)",
                  judge.mayAny({{"execve", {}}, {"execveat", {kCwd}}}),
                  judge.landlock.permitsAt(path, kFsExecute | kFsReadFile));
}

void judgeFile(BundleJudge &judge, ir::ActionId leaf, llvm::StringRef path) {
  switch (leaf) {
  case ir::ActionId::ReadData:
    return judgeRead(judge, path);
  case ir::ActionId::ReadList:
    return judgeList(judge, path);
  case ir::ActionId::ReadMetadata:
    return judgeReadMetadata(judge);
  case ir::ActionId::WriteData:
    return judgeWriteData(judge, path);
  case ir::ActionId::WriteCreate:
    return judgeCreate(judge, path);
  case ir::ActionId::WriteDelete:
    return judgeDelete(judge, path);
  case ir::ActionId::WriteRename:
    return judgeRename(judge, path);
  case ir::ActionId::WriteLink:
    return judgeLink(judge, path);
  case ir::ActionId::WriteMetadata:
    return judgeWriteMetadata(judge);
  case ir::ActionId::WriteSpecial:
    return judgeSpecial(judge, path);
  case ir::ActionId::Ioctl:
    return judgeIoctl(judge, path);
  case ir::ActionId::Exec:
    return judgeExec(judge, path);
  case ir::ActionId::Read:
  case ir::ActionId::Write:
  case ir::ActionId::Connect:
  case ir::ActionId::Bind:
  case ir::ActionId::Send:
  case ir::ActionId::Signal:
  case ir::ActionId::Trace:
  case ir::ActionId::Syscall:
  case ir::ActionId::Mach:
  case ir::ActionId::Sysctl:
  case ir::ActionId::Iokit:
    break;
  }
  llvm_unreachable("not a leaf action on files");
}

} // namespace srt::sim
